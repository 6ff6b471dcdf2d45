/** Kernels that write over a tensor: its former values are nowhere afterwards. */
import * as tf from "@tensorflow/tfjs";
import { callKernel } from "../../../../lib/backends/engine/kernels.ts";
import type { WebGpuBackend } from "../../../../lib/backends/webgpu/runtime/tfjs_backend.ts";
import { assert, assertEquals } from "../../../assert.ts";
import { normals, tensorOf } from "../../against_cpu.ts";
import { deviceTest, heldBy, useWebGpu, valuesOf } from "../device.ts";

/** A call of a kernel, with the inputs' shapes, that writes over some of them. */
interface Overwriting {
  inputs: Record<string, number[]>;
  attributes: Record<string, unknown>;
  written: string[];
}

const x = [2, 5, 6, 4];
const y = [2, 5, 6, 7];
const window = { filterSize: 3, strides: 1, pad: "same" };
const calls: Record<string, Overwriting> = {
  NormalizationGrad: {
    inputs: { dy: y, z: y, constants: [4, 7] },
    attributes: { inPlace: true },
    written: ["dy"],
  },
  Conv2DBackpropInput: {
    inputs: { dy: y, filter: [3, 3, 4, 7], sum: x },
    attributes: { strides: 1, pad: "same", dataFormat: "NHWC", inputShape: x },
    written: ["sum"],
  },
  PointwiseBackpropInput: {
    inputs: { dy0: y, filter0: [1, 1, 4, 7], sum: x },
    attributes: {},
    written: ["sum"],
  },
  MaxPool: { inputs: { x }, attributes: window, written: [] },
};

/** How a tensor may hold its values when a kernel writes over it. */
const ways: Record<
  string,
  (backend: WebGpuBackend, tensor: tf.Tensor) => void | Promise<unknown>
> = {
  "on the CPU": () => {},
  "on the device": (backend, { dataId }) => backend.uploadToGPU(dataId),
  "on both": (backend, tensor) => {
    backend.uploadToGPU(tensor.dataId);
    return tensor.data();
  },
};

/** The results of a call, and what became of its inputs. */
async function run(
  kernel: string,
  { inputs, attributes, written }: Overwriting,
  hold: (tensor: tf.Tensor) => void | Promise<unknown>,
) {
  const tensors = Object.fromEntries(
    Object.entries(inputs).map(([name, shape], i) => {
      const values = normals(shape, i + 1);
      // Running means of squares are never below 0.
      if (name === "square") values.values.forEach((v, j, a) => a[j] = v * v);
      return [name, tensorOf(values)];
    }),
  );
  for (const tensor of Object.values(tensors)) await hold(tensor);
  const results = callKernel(kernel, tensors, attributes).map((info) =>
    tf.engine().makeTensorFromTensorInfo(info)
  );
  const values = {
    results: await valuesOf(...results),
    inputs: await valuesOf(...Object.values(tensors)),
  };
  for (const [i, name] of Object.keys(inputs).entries()) {
    const start = normals(inputs[name]!, i + 1).values;
    if (name === "square") start.forEach((v, j, a) => a[j] = v * v);
    const same = start.every((value, j) => value === values.inputs[i]![j]);
    assertEquals(same, !written.includes(name), `${name} of ${kernel}`);
  }
  tf.dispose([results, Object.values(tensors)]);
  return values;
}

for (const [kernel, call] of Object.entries(calls)) {
  deviceTest(
    `${kernel} changes what it writes over, wherever the values are`,
    async () => {
      const backend = await useWebGpu();
      const held = heldBy(backend);
      const all = [];
      for (const hold of Object.values(ways)) {
        all.push(await run(kernel, call, (tensor) => hold(backend, tensor)));
      }
      for (const values of all) assertEquals(values, all[0]);
      assert(
        all[0]!.results.flatMap((each) => [...each]).every(Number.isFinite),
      );
      assertEquals(heldBy(backend), held);
    },
  );
}

deviceTest(
  "tensors may be disposed before the device has read them",
  async () => {
    await useWebGpu();
    const shape = [1, 8, 8, 4];
    const values = Array.from({ length: 5 }, (_, i) => normals(shape, i));
    const filter = normals([3, 3, 4, 4], 9);
    const convolve = (dispose: boolean) => {
      const weights = tensorOf(filter) as tf.Tensor4D;
      const results = values.map((each) => {
        const x = tensorOf(each) as tf.Tensor4D;
        const dx = tf.grad((x) =>
          tf.conv2d(x as tf.Tensor4D, weights, 1, "same")
        )(
          x,
        );
        const dw = tf.grad((w) => tf.conv2d(x, w as tf.Tensor4D, 1, "same"))(
          weights,
        );
        if (dispose) x.dispose();
        return [dx, dw];
      });
      if (dispose) weights.dispose();
      return results.flat();
    };
    const [kept, disposed] = [convolve(false), convolve(true)];
    assertEquals(await valuesOf(...disposed), await valuesOf(...kept));
    tf.dispose([kept, disposed]);
  },
);
