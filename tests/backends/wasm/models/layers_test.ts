import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../../lib/backends/use_backend.ts";
import { assertThrows } from "../../../assert.ts";
import { assertEqualsCpu, normals, tensorOf } from "../../against_cpu.ts";

const shapes = [[2, 7, 7, 8], [1, 5, 9, 3], [3, 4, 4, 17], [3, 1, 2, 1], [
  2,
  2,
  3,
  130,
]];

for (const shape of shapes) {
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

  Deno.test(`a batch normalization of tf.layers trains as on the cpu backend: ${shape}`, async () => {
    const [x, dy] = [normals(shape, 1), normals(shape, 2)];
    await assertEqualsCpu(() => {
      const layer = tf.layers.batchNormalization({ momentum: 0.9 });
      const train = (x: tf.Tensor) =>
        layer.apply(x, { training: true }) as tf.Tensor;
      const y = train(tensorOf(x));
      const { value, grads } = tf.variableGrads(() =>
        tf.sum(tf.mul(train(tensorOf(x)), tensorOf(dy)))
      );
      const dx = tf.grad(train)(tensorOf(x), tensorOf(dy));
      const weights = layer.getWeights().map((w) => tf.clone(w));
      layer.dispose();
      return [y, value, ...Object.values(grads), dx, ...weights];
    }, 1e-3);
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
