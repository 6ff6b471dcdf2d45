import * as tf from "@tensorflow/tfjs";
import { batchNormalizeTraining } from "../../../lib/nn2/batch_normalize_training.ts";
import { l2Pool } from "../../../lib/nn2/l2_pooling.ts";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import { assertThrows } from "../../assert.ts";
import { assertEqualsCpu, normals, tensorOf } from "./against_cpu.ts";

const shapes = [[2, 7, 7, 8], [1, 5, 9, 3], [3, 4, 4, 17], [3, 1, 2, 1], [
  2,
  2,
  3,
  130,
]];

for (const shape of shapes) {
  for (const [size, stride] of [[3, 1], [3, 2], [2, 2]] as const) {
    const name = `of ${shape} with ${size}×${size} windows, stride ${stride}`;

    Deno.test(`l2Pool() and its gradient equal the composed ones: ${name}`, async () => {
      const x = normals(shape, 1);
      await assertEqualsCpu(() => {
        const pool = (x: tf.Tensor) => l2Pool(x as tf.Tensor4D, size, stride);
        // Whole windows of zeros, as after a ReLU, must not give NaN.
        const input = tf.relu(tensorOf(x));
        const y = pool(input);
        return [y, tf.grad(pool)(input, tensorOf(normals(y.shape, 2)))];
      });
    });

    Deno.test(`maxPool()'s gradient equals the cpu backend's: ${name}`, async () => {
      const x = normals(shape, 1);
      await assertEqualsCpu(() => {
        const pool = (x: tf.Tensor) =>
          tf.maxPool(x as tf.Tensor4D, size, stride, "same");
        // Rectified, so that many windows have several maxima.
        const input = tf.relu(tensorOf(x));
        const y = pool(input);
        return [y, tf.grad(pool)(input, tensorOf(normals(y.shape, 2)))];
      });
    });
  }

  for (const activation of ["linear", "relu"] as const) {
    Deno.test(`batchNormalizeTraining() and its gradients equal the composed ones: ${shape}, ${activation}`, async () => {
      const channels = [shape[3]!];
      const inputs = [
        normals(shape, 1),
        normals(channels, 2),
        normals(channels, 3),
      ];
      const dy = normals(shape, 4);
      await assertEqualsCpu(() => {
        const apply = (x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor) =>
          batchNormalizeTraining(
            x as tf.Tensor4D,
            gamma as tf.Tensor1D,
            beta as tf.Tensor1D,
            1e-3,
            activation,
          );
        const [x, gamma, beta] = inputs.map(tensorOf) as [
          tf.Tensor,
          tf.Tensor,
          tf.Tensor,
        ];
        const { y, mean, variance } = apply(x, gamma, beta);
        const gradients = tf.grads((x, gamma, beta) =>
          apply(x!, gamma!, beta!).y
        )([x, gamma, beta], tensorOf(dy));
        return [y, mean, variance, ...gradients];
      });
    });
  }

  Deno.test(`batchNorm() equals the cpu backend's: ${shape}`, async () => {
    const channels = [shape[3]!];
    const [x, mean, variance, offset, scale] = [
      normals(shape, 1),
      ...[2, 3, 4, 5].map((seed) => normals(channels, seed)),
    ];
    await assertEqualsCpu(() => {
      const given = [
        tensorOf(x!),
        tensorOf(mean!),
        tf.square(tensorOf(variance!)),
      ] as [tf.Tensor4D, tf.Tensor1D, tf.Tensor1D];
      return [
        tf.batchNorm(...given),
        tf.batchNorm(
          ...given,
          tensorOf(offset!) as tf.Tensor1D,
          tensorOf(scale!) as tf.Tensor1D,
          0.1,
        ),
      ];
    });
  });

  for (const axis of [0, 1, 2, 3]) {
    Deno.test(`concat(), split() and sum() equal the cpu backend's: ${shape}, axis ${axis}`, async () => {
      const [a, b] = [normals(shape, 1), normals(shape.with(axis, 5), 2)];
      await assertEqualsCpu(() => {
        const parts = [tensorOf(a), tensorOf(b)];
        const joined = tf.concat(parts, axis);
        const leading = Array.from({ length: axis + 1 }, (_, i) => i);
        return [
          joined,
          ...tf.split(joined, [shape[axis]!, 5], axis),
          tf.sum(joined, leading),
          tf.sum(joined, leading, true),
          tf.sum(joined, axis),
        ];
      });
    });
  }
}

Deno.test("concat(), split() and sum() leave int32 to tfjs", async () => {
  await assertEqualsCpu(() => {
    const x = tf.tensor2d([[1, 2, 3], [4, 5, 6]], [2, 3], "int32");
    return [
      tf.concat([x, x], 1),
      ...tf.split(x, [1, 2], 1),
      tf.sum(x, 0),
    ];
  });
});

Deno.test("concat() refuses shapes that do not fit", async () => {
  await useBackend("wasm");
  const parts = [tf.ones([2, 3]), tf.ones([3, 400])];
  assertThrows(() => tf.concat(parts, 0), Error, "concat");
  tf.dispose(parts);
});

Deno.test("l2Pool() refuses whole numbers", async () => {
  await useBackend("wasm");
  const x = tf.ones<tf.Rank.R4>([1, 2, 2, 1], "int32");
  assertThrows(
    () => l2Pool(x, 3, 1),
    RangeError,
    "expected float32 values, got int32",
  );
  x.dispose();
});
