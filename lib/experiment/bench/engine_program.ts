/**
 * The program that {@linkcode measureSpeed} starts for each engine. Its arguments are
 * the engine's kernels and the number of threads.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { EngineKernels } from "./engines.ts";
import { answerRequests, timed } from "./serve.ts";
import { inference, training } from "./work.ts";

/** Starts what computes, and describes it. */
async function start(kernels: EngineKernels, threads: number): Promise<string> {
  if (kernels === "cpu" || kernels === "wasm") {
    // What of this library would bring kernels of its own is not even loaded.
    await import("@tensorflow/tfjs-backend-wasm");
    if (!await tf.setBackend(kernels)) {
      throw new Error(`expected tfjs's ${kernels} backend to start`);
    }
    return `TensorFlow.js ${tf.version["tfjs-core"]} as published, ${kernels}`;
  }
  const { useBackend } = await import("../../backends/use_backend.ts");
  const backend = kernels === "ours" ? "wasm" : "webgpu";
  return (await useBackend(backend, { threads })).description;
}

if (import.meta.main) {
  const [kernels, threads] = Deno.args;
  const description = await start(kernels as EngineKernels, Number(threads));
  await answerRequests({
    describe: () => ({ description }),
    train: timed(training),
    infer: timed(inference),
  });
}
