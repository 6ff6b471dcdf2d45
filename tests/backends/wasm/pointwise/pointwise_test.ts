import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../../lib/backends/use_backend.ts";
import { callKernel } from "../../../../lib/backends/engine/kernels.ts";
import { convolveByOperations } from "../../../../lib/nn2/layers/normalized_conv2d_operations.ts";
import { kernelInputs } from "../../../../lib/nn2/layers/normalized_conv2d_kernels.ts";
import type { NormalizedWeights } from "../../../../lib/nn2/layers/normalized_conv2d_options.ts";
import { assert, assertEquals } from "../../../assert.ts";
import { normals, tensorOf } from "../../against_cpu.ts";

/** Images whose pixels are one stretch, several, or none, and some filters. */
const cases: { x: number[]; filters: number[] }[] = [
  { x: [2, 3, 4, 5], filters: [16, 3, 20] },
  { x: [9, 14, 14, 18], filters: [1, 33] },
  { x: [5, 5, 5, 200], filters: [7, 16, 48, 2] },
  { x: [0, 3, 3, 4], filters: [2, 3] },
];

const tensor = (value: tf.TensorInfo) =>
  tf.engine().makeTensorFromTensorInfo(value);
const numbered = (name: string, tensors: tf.Tensor[]) =>
  Object.fromEntries(tensors.map((each, i) => [`${name}${i}`, each]));

function assertNear(actual: tf.Tensor, expected: tf.Tensor): void {
  assertEquals(actual.shape, expected.shape);
  if (expected.size === 0) return;
  const apart = tf.max(tf.abs(tf.sub(actual, expected))).dataSync()[0]!;
  const largest = tf.max(tf.abs(expected)).dataSync()[0]!;
  assert(apart <= 1e-5 * Math.max(largest, 1e-6), `${apart} of ${largest}`);
}

/** A layer of a filter: normal numbers, and moving variances above 0. */
function layerOf(kernel: tf.Tensor4D, seed: number): NormalizedWeights {
  const numbers = (seed: number) =>
    tensorOf(normals([kernel.shape[3]], seed)) as tf.Tensor1D;
  return {
    kernel,
    bias: numbers(seed),
    gamma: numbers(seed + 1),
    beta: numbers(seed + 2),
    movingMean: tf.variable(numbers(seed + 3)),
    movingVariance: tf.variable(tf.square(numbers(seed + 4))),
  };
}

/** Of no pixels, mean and variance are 0. */
function assertMoved(
  [y, z, , mean, variance]: tf.Tensor[],
  { bias, movingMean, movingVariance }: NormalizedWeights,
): void {
  assertEquals([y!.size, z!.size], [0, 0]);
  assertNear(mean!, tf.add(tf.mul(movingMean, 0.9), tf.mul(bias, 0.1)));
  assertNear(variance!, tf.mul(movingVariance, 0.9));
}

for (const { x: shape, filters } of cases) {
  const name = `[${shape}] with ${filters} filters`;
  const prepare = async () => {
    await useBackend("wasm");
    const x = tensorOf(normals(shape, 1)) as tf.Tensor4D;
    const kernels = filters.map((count, i) =>
      tensorOf(normals([1, 1, shape[3]!, count], 2 + i)) as tf.Tensor4D
    );
    const dys = filters.map((count, i) =>
      tensorOf(normals([...shape.slice(0, 3), count], 10 + i)) as tf.Tensor4D
    );
    return { x, kernels, dys };
  };

  Deno.test(`the kernels of several 1×1 convolutions agree with operations, ${name}`, async () => {
    const { x, kernels, dys } = await prepare();
    tf.tidy(() => {
      const options = { epsilon: 1e-3, momentum: 0.9 };
      const layers = kernels.map((kernel, i) => layerOf(kernel, 20 + 5 * i));
      const weights = layers.flatMap((layer, i) => {
        const { x: _, ...inputs } = kernelInputs<tf.Tensor>(x, layer);
        return Object.entries(inputs).map(([name, each]) => [
          `${name}${i}`,
          each,
        ]);
      });
      const inputs = { x, ...Object.fromEntries(weights) };
      const results = callKernel(
        "NormalizedPointwiseTraining",
        inputs,
        options,
      );
      assertEquals(results.length, 5 * layers.length);
      layers.forEach((layer, i) => {
        const given = results.slice(5 * i, 5 * (i + 1)).map(tensor);
        // tfjs's moments of nothing are no numbers.
        if (x.size === 0) return assertMoved(given, layer);
        const all = { ...options, strides: 1, inputGradient: true };
        convolveByOperations(x, layer, all).forEach((expected, output) =>
          assertNear(given[output]!, expected)
        );
      });

      const gradients = callKernel("PointwiseBackpropFilter", {
        x,
        ...numbered("dy", dys),
      });
      gradients.forEach((gradient, i) => {
        const [wanted] = tf.grads((kernel) =>
          tf.conv2d(x, kernel as tf.Tensor4D, 1, "same")
        )([kernels[i]!], dys[i]!);
        assertNear(tensor(gradient), wanted!);
      });
    });
  });

  Deno.test(`the gradient in the images of several 1×1 convolutions is a sum, ${name}`, async () => {
    const { x, kernels, dys } = await prepare();
    tf.tidy(() => {
      const expected = tf.addN(
        kernels.map((kernel, i) =>
          tf.grad((x) => tf.conv2d(x as tf.Tensor4D, kernel, 1, "same"))(
            x,
            dys[i]!,
          )
        ),
      );
      const inputs = { ...numbered("dy", dys), ...numbered("filter", kernels) };
      const [alone] = callKernel("PointwiseBackpropInput", inputs);
      assertNear(tensor(alone!), expected);
      const sum = tf.mul(x, 3);
      const wanted = tf.add(sum, expected);
      const [added] = callKernel("PointwiseBackpropInput", { ...inputs, sum });
      assertEquals(added!.dataId, sum.dataId);
      assertNear(sum, wanted);
      tf.backend().disposeData(added!.dataId);
    });
  });
}

for (
  const [size, stride] of [[1, 1], [3, 1], [3, 2], [5, 1], [2, 3]] as const
) {
  Deno.test(`Conv2DBackpropInput adds to a sum, ${size}×${size}, stride ${stride}`, async () => {
    await useBackend("wasm");
    tf.tidy(() => {
      const x = tensorOf(normals([3, 9, 8, 18], 1)) as tf.Tensor4D;
      const filter = tensorOf(normals([size, size, 18, 17], 2)) as tf.Tensor4D;
      const convolve = (x: tf.Tensor) =>
        tf.conv2d(x as tf.Tensor4D, filter, stride, "same");
      const dy = tensorOf(normals(convolve(x).shape, 3));
      const sum = tf.mul(x, 2);
      const expected = tf.add(sum, tf.grad(convolve)(x, dy));
      const [added] = callKernel("Conv2DBackpropInput", { dy, filter, sum }, {
        strides: stride,
        pad: "same",
        dataFormat: "NHWC",
        inputShape: x.shape,
      });
      assertEquals(added!.dataId, sum.dataId);
      assertNear(sum, expected);
      tf.backend().disposeData(added!.dataId);
    });
  });
}
