/**
 * The subject that embeds with onnxruntime-web on WebAssembly. Its arguments
 * are the module, the number of threads and the network as an ONNX file, for a
 * fixed batch. The module is named by the one who starts this, so that nothing of
 * it is in the project's deno.lock.
 *
 * @module
 */
import {
  answerRequests,
  timed,
  type Workload,
} from "../../../experiment/bench/serve.ts";

if (import.meta.main) {
  const [module, threads, path] = Deno.args as [string, string, string];
  const ort = await import(module);
  ort.env.wasm.numThreads = Number(threads);
  const options = { executionProviders: ["wasm"] };
  const session = await ort.InferenceSession.create(
    await Deno.readFile(path),
    options,
  );
  const infer = (size: string, batch: string): Workload => {
    const shape = [Number(batch), 1, Number(size), Number(size)];
    const pixels = new Float32Array(shape.reduce((a, b) => a * b)).fill(0.5);
    const images = new ort.Tensor("float32", pixels, shape);
    return async () => {
      await session.run({ [session.inputNames[0]]: images });
    };
  };
  await answerRequests({
    infer: timed((size, batch) => infer(size!, batch!)),
  });
}
