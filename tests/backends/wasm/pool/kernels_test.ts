import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { useBackend } from "../../../../lib/backends/use_backend.ts";
import { l2Pool } from "../../../../lib/nn2/layers/l2_pooling.ts";
import { assertEquals, assertThrows } from "../../../assert.ts";
import { assertEqualsCpu, normals, tensorOf } from "../../against_cpu.ts";
import {
  nameOf,
  pooledAndGradient,
  poolings,
  poolsAndGradients,
} from "../../cases/pools.ts";

for (const pooling of poolings) {
  for (const [pool, compute] of Object.entries(poolsAndGradients(pooling))) {
    const name = `${pool}() and its gradient equal the cpu backend's`;
    Deno.test(`${name}: ${nameOf(pooling)}`, () => assertEqualsCpu(compute));
  }
}

Deno.test("maxPool() and its gradient equal the cpu backend's for any window", async () => {
  const side = fc.integer({ min: 1, max: 9 });
  const window = fc.integer({ min: 1, max: 5 });
  const stride = fc.integer({ min: 1, max: 4 });
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(side, side),
      fc.integer({ min: 1, max: 9 }),
      fc.tuple(window, window),
      fc.tuple(stride, stride),
      fc.constantFrom("same", "valid"),
      async ([height, width], channels, size, strides, pad) => {
        fc.pre(pad === "same" || size[0] <= height && size[1] <= width);
        await assertEqualsCpu(() =>
          pooledAndGradient(
            (x) => tf.maxPool(x, size, strides, pad),
            [2, height, width, channels],
          )
        );
      },
    ),
    { numRuns: 40 },
  );
});

for (const rounding of ["floor", "ceil", "round"] as const) {
  Deno.test(`maxPool() pads by a number and rounds sizes: ${rounding}`, async () => {
    const pool = (x: tf.Tensor) =>
      tf.maxPool(x as tf.Tensor4D, 3, 3, 1, rounding);
    const x = normals([2, 6, 7, 5], 1);
    await assertEqualsCpu(() => pool(tensorOf(x)));
    // tfjs's cpu backend rounds down in the gradient, whatever was asked for.
    tf.tidy(() => {
      const dx = tf.grad(pool)(tensorOf(x));
      assertEquals(tf.sum(dx).dataSync()[0], pool(tensorOf(x)).size);
    });
  });
}

Deno.test("maxPool() of equal values gives its gradient to the first", async () => {
  await useBackend("wasm");
  tf.tidy(() => {
    const x = tf.ones([1, 2, 4, 5]);
    const dx = tf.grad((x) => tf.maxPool(x as tf.Tensor4D, 2, 2, "valid"))(x);
    const first = [1, 0, 1, 0, 0, 0, 0, 0].flatMap((v) => Array(5).fill(v));
    assertEquals([...dx.dataSync()], first);
  });
});

Deno.test("maxPool() passes over NaN, as the cpu backend's does", async () => {
  await assertEqualsCpu(() => {
    const x = [NaN, 1, 2, NaN, NaN, NaN, 5, NaN].flatMap((v) =>
      Array(5).fill(v)
    );
    return tf.maxPool(tf.tensor(x, [1, 2, 4, 5]) as tf.Tensor4D, 2, 2, "valid");
  });
});

Deno.test("pooling of no images gives no images", async () => {
  await assertEqualsCpu(() =>
    pooledAndGradient((x) => tf.maxPool(x, 2, 2, "same"), [0, 4, 4, 3])
  );
});

for (
  const [name, pool] of [
    ["maxPool", (x: tf.Tensor4D) => tf.maxPool(x, 3, 1, "same")],
    ["l2Pool", (x: tf.Tensor4D) => l2Pool(x, 3, 1)],
  ] as const
) {
  Deno.test(`${name}() refuses whole numbers and leaves nothing behind`, async () => {
    await useBackend("wasm");
    const x = tf.ones<tf.Rank.R4>([1, 2, 2, 1], "int32");
    const held = tf.backend().numDataIds();
    assertThrows(
      () => pool(x),
      RangeError,
      "expected float32 values, got int32",
    );
    assertEquals(tf.backend().numDataIds(), held);
    x.dispose();
  });
}
