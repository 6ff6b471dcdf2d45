import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { useBackend } from "../../../../lib/backends/use_backend.ts";
import { assertEquals, assertThrows } from "../../../assert.ts";
import { assertResult, at, places, plain, tensorOf } from "../arrays/arrays.ts";

await useBackend("wasm");

Deno.test("cast() to bool says which values are not 0", () => {
  // As numpy.asarray(…, dtype=bool).
  const numbers = [256, 0.5, -1, 2 ** 31, 1e-40, NaN, Infinity, 0, -0];
  const shape = [numbers.length];
  assertResult(() => tf.cast(tf.tensor1d(numbers), "bool"), {
    shape,
    values: [1, 1, 1, 1, 1, 1, 1, 0, 0],
    dtype: "bool",
  });
  const whole = tf.tensor1d([256, 65536, -256, 0], "int32");
  assertResult(() => tf.cast(whole, "bool"), {
    shape: [4],
    values: [1, 1, 1, 0],
  });
  whole.dispose();
});

Deno.test("cast() from bool and between numbers", () => {
  const bool = tf.tensor1d([true, false], "bool");
  for (const dtype of ["float32", "int32", "bool"] as const) {
    assertResult(() => tf.cast(bool, dtype), {
      shape: [2],
      values: [1, 0],
      dtype,
    });
  }
  const numbers = tf.tensor1d([2.7, -2.7]);
  assertResult(() => tf.cast(numbers, "int32"), {
    shape: [2],
    values: [2, -2],
    dtype: "int32",
  });
  tf.dispose([bool, numbers]);
});

const flip = (shape: number[], flipped: boolean) =>
  flipped ? [...shape.slice(0, -2), shape.at(-1)!, shape.at(-2)!] : shape;

Deno.test("matMul() of int32 equals an oracle for any batch and transposition", () => {
  const side = fc.integer({ min: 0, max: 3 });
  const cases = fc.record({
    rows: side,
    depth: side,
    columns: side,
    batches: fc.constantFrom<[number[], number[]]>(
      [[], []],
      [[2], [2]],
      [[2], [1]],
      [[1], [3]],
      [[2, 1], [1, 3]],
      [[3], []],
    ),
    transposeA: fc.boolean(),
    transposeB: fc.boolean(),
  }).chain((sizes) => {
    const { rows, depth, columns, transposeA, transposeB } = sizes;
    const [left, right] = sizes.batches!;
    return fc.record({
      sizes: fc.constant(sizes),
      a: plain(flip([...left, rows, depth], transposeA)),
      b: plain(flip([...right, depth, columns], transposeB)),
    });
  });
  fc.assert(
    fc.property(cases, ({ sizes, a, b }) => {
      const { rows, depth, columns, transposeA, transposeB } = sizes;
      // Eighths become whole numbers.
      const [x, y] = [a, b].map(({ shape, values }) => ({
        shape,
        values: values.map((value) => value * 8),
      })) as [typeof a, typeof b];
      const batch = tf.broadcast_util.assertAndGetBroadcastShape(
        a.shape.slice(0, -2),
        b.shape.slice(0, -2),
      );
      const shape = [...batch, rows, columns];
      const values = [...places(shape)].map((place) => {
        const [row, column] = place.slice(-2) as [number, number];
        let sum = 0;
        for (let k = 0; k < depth; k++) {
          const inner = [...place.slice(0, -2)];
          sum += at(x, [...inner, ...flip([row, k], transposeA)]) *
            at(y, [...inner, ...flip([k, column], transposeB)]);
        }
        return sum;
      });
      assertResult(
        () =>
          tf.matMul(
            tensorOf(x, "int32"),
            tensorOf(y, "int32"),
            transposeA,
            transposeB,
          ),
        { shape, values, dtype: "int32" },
      );
    }),
    { numRuns: 150 },
  );
});

Deno.test("matMul() of int32 is exact beyond float32, and starts again beyond 32 bits", () => {
  // As numpy.int32: 65537² is 4295098369, which is 131073 modulo 2³².
  const [a, b] = [[[65537, 0], [16777217, 1]], [[65537, 1], [0, 1]]].map((m) =>
    tf.tensor2d(m, [2, 2], "int32")
  ) as [tf.Tensor2D, tf.Tensor2D];
  assertResult(() => tf.matMul(a, b), {
    shape: [2, 2],
    values: [131073, 65537, 16842753, 16777218],
    dtype: "int32",
  });
  tf.dispose([a, b]);
});

Deno.test("fused matMul() of int32 adds a bias and applies an activation", () => {
  assertResult(
    () =>
      tf.fused.matMul({
        a: tf.tensor2d([[1, -2]], [1, 2], "int32"),
        b: tf.tensor2d([[3, 1], [1, 2]], [2, 2], "int32"),
        bias: tf.tensor1d([1, 1], "int32"),
        activation: "relu",
      }),
    { shape: [1, 2], values: [2, 0], dtype: "int32" },
  );
});

Deno.test("matMul() refuses bool", () => {
  const x = tf.ones([2, 2], "bool");
  assertThrows(() => tf.matMul(x, x), RangeError, "float32 or int32");
  x.dispose();
});

Deno.test("confusionMatrix() counts the pairs of classes", () => {
  const [labels, predictions] = [[0, 1, 2, 1, 1], [0, 2, 2, 1, 2]].map(
    (list) => tf.tensor1d(list, "int32"),
  ) as [tf.Tensor1D, tf.Tensor1D];
  const matrix = tf.math.confusionMatrix(labels, predictions, 3);
  // sklearn.metrics.confusion_matrix(labels, predictions)
  assertEquals(matrix.arraySync(), [[1, 0, 0], [0, 1, 2], [0, 0, 1]]);
  assertEquals(matrix.dtype, "int32");
  tf.dispose([labels, predictions, matrix]);
});

Deno.test("clipByValue() of int32 keeps whole numbers", () => {
  const x = tf.tensor1d([-7, 3, 16777217, 9], "int32");
  assertResult(() => tf.clipByValue(x, -2, 2 ** 30), {
    shape: [4],
    values: [-2, 3, 16777217, 9],
    dtype: "int32",
  });
  x.dispose();
});

for (const dtype of ["float32", "int32", "bool"] as const) {
  Deno.test(`oneHot() has the type that is asked for: ${dtype}`, () => {
    const ids = tf.tensor1d([2, -1, 0, 3], "int32");
    assertResult(() => tf.oneHot(ids, 3, 1, 0, dtype), {
      shape: [4, 3],
      values: [0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0],
      dtype,
    });
    ids.dispose();
  });
}
