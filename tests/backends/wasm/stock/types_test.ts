import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../../lib/backends/use_backend.ts";
import { assert, assertEquals, assertThrows } from "../../../assert.ts";
import { assertResult } from "../arrays/arrays.ts";
import { overflows } from "../arrays/guarded_memory.ts";

await useBackend("wasm");

const sign = (x: number) => Math.sign(x);
/** Functions that tfjs lets have whole numbers. */
const functions: Record<string, (x: number) => number> = {
  abs: Math.abs,
  acos: Math.acos,
  acosh: Math.acosh,
  asin: Math.asin,
  asinh: Math.asinh,
  atan: Math.atan,
  atanh: Math.atanh,
  exp: Math.exp,
  isFinite: () => 1,
  isInf: () => 0,
  isNaN: () => 0,
  leakyRelu: (x) => x < 0 ? 0.2 * x : x,
  log1p: Math.log1p,
  neg: (x) => -x,
  reciprocal: (x) => 1 / x,
  relu: (x) => Math.max(0, x),
  relu6: (x) => Math.min(6, Math.max(0, x)),
  round: (x) => x,
  sign,
  sinh: Math.sinh,
  softplus: (x) => Math.log1p(Math.exp(x)),
  square: (x) => x * x,
  step: (x) => Number(x > 0),
};

/** As tfjs's types convert: bool says whether it is 0, int32 cuts digits off. */
function converted(value: number, dtype: tf.DataType): number {
  if (dtype === "bool") return Number(value !== 0);
  return dtype === "int32" ? value | 0 : value;
}

for (const [name, of] of Object.entries(functions)) {
  Deno.test(`${name}() of int32 and bool gives its values and writes no further`, () => {
    const apply =
      (tf as unknown as Record<string, (x: tf.Tensor) => tf.Tensor>)[name]!;
    for (const dtype of ["int32", "bool"] as const) {
      const values = dtype === "bool" ? [0, 1, 1] : [1, -3, 0, 7, 2];
      const broken = overflows(() => {
        const y = apply(tf.tensor1d(values, dtype));
        const wanted = values.map((x) => converted(of(x), y.dtype));
        [...y.dataSync()].forEach((value, i) =>
          assert(
            Math.abs(value - wanted[i]!) <= 1e-5 * Math.abs(wanted[i]!) ||
              value === wanted[i],
            `${dtype} ${values[i]}: expected ${wanted[i]}, got ${value}`,
          )
        );
      });
      assertEquals(broken, 0, dtype);
    }
  });
}

const bool = (values: number[], shape = [values.length]) =>
  tf.tensor(values, shape, "bool");

for (
  const [name, compute, values] of [
    ["reverse", () => tf.reverse(bool([1, 0, 0, 1, 1])), [1, 1, 0, 0, 1]],
    [
      "where",
      () => tf.where(bool([1, 0, 1]), bool([1, 1, 0]), bool([0, 0, 1])),
      [1, 0, 0],
    ],
    ["topk", () => tf.topk(bool([0, 1, 0, 1]), 2).indices, [1, 3]],
    ["topk", () => tf.topk(bool([0, 1, 0, 1]), 3).values, [1, 1, 0]],
    [
      "stridedSlice",
      () => tf.stridedSlice(bool([1, 0, 1, 1]), [0], [4], [2]),
      [1, 1],
    ],
    [
      "stridedSlice",
      () =>
        tf.stridedSlice(tf.tensor1d([1, 2, 16777217], "int32"), [0], [3], [2]),
      [1, 16777217],
    ],
    ["oneHot", () => tf.oneHot([1, 0], 2, 1, 0, "bool"), [0, 1, 1, 0]],
    ["mod", () => tf.mod(bool([1, 1]), bool([1, 1])), [0, 0]],
    ["clipByValue", () => tf.clipByValue(bool([1, 0, 1]), 0, 1), [1, 0, 1]],
    ["where", () => tf.where(bool([]), tf.zeros([0]), tf.zeros([0])), []],
    ["where", () => tf.where(false, tf.zeros([0]), tf.zeros([1])), []],
    ["transpose", () => tf.transpose(tf.zeros([2, 0, 3, 2]), [0, 1, 3, 2]), []],
    ["argMax", () => tf.argMax(tf.zeros([2, 0, 3, 2]), 2), []],
    ["topk", () => tf.topk(tf.zeros([0, 3]), 2).values, []],
    ["topk", () => tf.topk(tf.zeros([3]), 0).indices, []],
    ["gather", () => tf.gather(tf.zeros([0, 3]), [1, 1], 1), []],
    ["cumsum", () => tf.cumsum(tf.zeros([2, 0, 3]), 1), []],
    ["prelu", () => tf.prelu(tf.zeros([0, 3]), tf.zeros([0, 1])), []],
  ] as [string, () => tf.Tensor, number[]][]
) {
  Deno.test(`${name}() of bool or nothing gives [${values}] and writes no further`, () => {
    const broken = overflows(() =>
      assertEquals([...compute().dataSync()], values)
    );
    assertEquals(broken, 0);
  });
}

Deno.test("functions are right near 0", () => {
  const small = [1e-8, -1e-8, 1e-5, -1e-30, 0].map(Math.fround);
  const x = tf.tensor1d(small);
  for (const name of ["log1p", "sin", "sign", "expm1", "elu"] as const) {
    const of = { log1p: Math.log1p, sin: Math.sin, sign, expm1: Math.expm1 };
    const exact = name === "elu"
      ? (x: number) => x > 0 ? x : Math.expm1(x)
      : of[name];
    const y = tf[name](x) as tf.Tensor;
    y.dataSync().forEach((value, i) => {
      const wanted = exact(small[i]!);
      assert(
        Math.abs(value - wanted) <= 2e-7 * Math.abs(wanted),
        `${name}(${small[i]}): expected ${wanted}, got ${value}`,
      );
    });
    y.dispose();
  }
  x.dispose();
});

Deno.test("cumsum() and cumprod() count axes from both ends", () => {
  const x = tf.tensor2d([[1, 2, 3], [4, 5, 6]]);
  const shape = [2, 3];
  const is = (compute: () => tf.Tensor, values: number[]) =>
    assertResult(compute, { shape, values });
  is(() => tf.cumsum(x, -1), [1, 3, 6, 4, 9, 15]);
  is(() => tf.cumsum(x, 1, true), [0, 1, 3, 0, 4, 9]);
  is(() => tf.cumsum(x, 0, false, true), [5, 7, 9, 4, 5, 6]);
  is(() => tf.cumsum(x, -1, true, true), [5, 3, 0, 11, 6, 0]);
  is(() => tf.cumprod(x, -2), [1, 2, 3, 4, 10, 18]);
  assertResult(() => tf.cumsum(tf.scalar(3)), { shape: [], values: [3] });
  assertResult(() => tf.cumsum(bool([1, 1, 0, 1])), {
    shape: [4],
    values: [1, 2, 2, 3],
    dtype: "int32",
  });
  // As in numpy.int32, beyond the largest it starts again at the smallest.
  assertResult(() => tf.cumsum(tf.tensor1d([2 ** 31 - 1, 1], "int32")), {
    shape: [2],
    values: [2 ** 31 - 1, -(2 ** 31)],
  });
  x.dispose();
});

Deno.test("softmax() refuses a scalar", () => {
  assertThrows(
    () => tf.tidy(() => tf.softmax(tf.scalar(1))),
    RangeError,
    "axis",
  );
});
