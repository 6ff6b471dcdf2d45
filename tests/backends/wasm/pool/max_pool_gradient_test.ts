import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../../lib/backends/use_backend.ts";
import { assertEquals } from "../../../assert.ts";

// By hand. tfjs's own kernel loses the gradient of windows whose largest value is
// 0 or negative, as it looks for what is greater than 0.
const below = [-8, -7, -6, -5, -4, -3, -2, -1];
const withZero = [-8, 0, -6, -5, 0, -3, -2, -1];
const tiny = [-1e-30, -2e-30, -3e38, -2e38, -1e-38, -0, -1, -2];

type Pool = (x: tf.Tensor) => tf.Tensor;

const planes: Record<string, Pool> = {
  "tf.maxPool": (x) => tf.maxPool(x as tf.Tensor4D, 2, 2, "valid"),
  "tf.pool": (x) => tf.pool(x as tf.Tensor4D, 2, "max", "valid", 1, 2),
  "layers.maxPooling2d": (x) =>
    tf.layers.maxPooling2d({ poolSize: 2 }).apply(x) as tf.Tensor,
  "padded tf.maxPool": (x) => tf.maxPool(x as tf.Tensor4D, 2, 2, "same"),
};
const lines: Record<string, Pool> = {
  "layers.maxPooling1d": (x) =>
    tf.layers.maxPooling1d({ poolSize: 2 }).apply(x) as tf.Tensor,
};
const wholes: Record<string, Pool> = {
  "layers.globalMaxPooling1d": (x) =>
    tf.layers.globalMaxPooling1d({}).apply(x) as tf.Tensor,
  "tf.max": (x) => tf.max(x, [1]),
};
const wholePlanes: Record<string, Pool> = {
  "layers.globalMaxPooling2d": (x) =>
    tf.layers.globalMaxPooling2d({ dataFormat: "channelsLast" })
      .apply(x) as tf.Tensor,
  "tf.max over two axes": (x) => tf.max(x, [1, 2]),
};

/** The gradient in x when each result's is its number, from 1. */
async function gradient(pool: Pool, x: number[], shape: number[]) {
  await useBackend("wasm");
  return tf.tidy(() => {
    const values = tf.tensor(x, shape);
    const y = pool(values);
    const dy = tf.reshape(tf.range(1, y.size + 1), y.shape);
    return [...tf.grad(pool)(values, dy).dataSync()];
  });
}

function test(
  pools: Record<string, Pool>,
  shape: number[],
  cases: [x: number[], dx: number[]][],
): void {
  for (const [name, pool] of Object.entries(pools)) {
    Deno.test(`${name} passes its gradient to the greatest value, below 0 too`, async () => {
      for (const [x, dx] of cases) {
        assertEquals(await gradient(pool, x, shape), dx);
      }
    });
  }
}

test(planes, [1, 2, 4, 1], [
  [below, [0, 0, 0, 0, 0, 1, 0, 2]],
  [withZero, [0, 1, 0, 0, 0, 0, 0, 2]],
  [tiny, [0, 0, 0, 0, 0, 1, 2, 0]],
]);
test(lines, [1, 8, 1], [
  [below, [0, 1, 0, 2, 0, 3, 0, 4]],
  [withZero, [0, 1, 0, 2, 3, 0, 0, 4]],
]);
test(wholes, [2, 4, 1], [
  [below, [0, 0, 0, 1, 0, 0, 0, 2]],
  [[-8, 0, -6, -5, 0, -3, -2, -1], [0, 1, 0, 0, 2, 0, 0, 0]],
]);
test(wholePlanes, [2, 2, 2, 1], [
  [below, [0, 0, 0, 1, 0, 0, 0, 2]],
  [[-8, 0, -6, -5, 0, -3, -2, -1], [0, 1, 0, 0, 2, 0, 0, 0]],
]);

Deno.test("maxPoolWithArgmax() finds the greatest values, below 0 too", async () => {
  await useBackend("wasm");
  for (
    const [x, values, places] of [
      [below, [-3, -1], [5, 7]],
      [withZero, [0, -1], [1, 7]],
    ] as const
  ) {
    for (const dtype of ["float32", "int32"] as const) {
      tf.tidy(() => {
        const both = tf.tensor4d([...x, ...x], [2, 2, 4, 1], dtype);
        for (const inBatch of [false, true]) {
          const { result, indexes } = tf.maxPoolWithArgmax(
            both,
            2,
            2,
            "valid",
            inBatch,
          );
          assertEquals(result!.dtype, dtype);
          assertEquals([...result!.dataSync()], [...values, ...values]);
          assertEquals([...indexes!.dataSync()], [
            ...places,
            ...places.map((at) => inBatch ? at + 8 : at),
          ]);
        }
      });
    }
  }
});

Deno.test("maxPooling2d() trains a layer whose values are all below 0", async () => {
  await useBackend("wasm");
  tf.tidy(() => {
    const kernel = tf.variable(tf.fill([1, 1, 1, 1], -1));
    const x = tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1]);
    const { grads } = tf.variableGrads(() =>
      tf.sum(
        tf.maxPool(
          tf.conv2d(x, kernel as unknown as tf.Tensor4D, 1, "same"),
          2,
          2,
          "valid",
        ),
      ), [kernel]);
    // The greatest of −1, −2, −3, −4 is that of x = 1.
    assertEquals([...grads[kernel.name]!.dataSync()], [1]);
    kernel.dispose();
  });
});
