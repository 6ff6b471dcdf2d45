import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { useBackend } from "../../../../lib/backends/use_backend.ts";
import { assertEquals } from "../../../assert.ts";
import {
  assertResult,
  places,
  type Plain,
  plain,
  shapes,
} from "../arrays/arrays.ts";
import { sizeOf, tensorOf } from "../arrays/arrays.ts";

await useBackend("wasm");

/** Values by the places of the axes that are kept. */
function groups({ shape, values }: Plain, axes: number[], keepDims: boolean) {
  const outShape = shape.flatMap((side, axis) =>
    !axes.includes(axis) ? [side] : keepDims ? [1] : []
  );
  const kept = shape.filter((_, axis) => !axes.includes(axis));
  const found = new Map(
    [...places(kept)].map((p) => [p.join(), [] as number[]]),
  );
  let i = 0;
  for (const place of places(shape)) {
    const key = place.filter((_, axis) => !axes.includes(axis)).join();
    found.get(key)!.push(values[i++]!);
  }
  return { outShape, groups: [...found.values()] };
}

const add = (values: number[]) => values.reduce((a, b) => a + b, 0);
const reductions = {
  sum: { apply: tf.sum, of: add },
  mean: { apply: tf.mean, of: (v: number[]) => add(v) / v.length },
  prod: {
    apply: tf.prod,
    of: (v: number[]) => v.reduce((a, b) => Math.fround(a * b), 1),
  },
  max: { apply: tf.max, of: (v: number[]) => Math.max(...v) },
  min: { apply: tf.min, of: (v: number[]) => Math.min(...v) },
};

/**
 * Whether a product of some of them leaves float32. Then the result depends on the
 * order: infinity times a later zero is NaN, where an early zero keeps zero.
 */
const overflows = (values: number[]) =>
  !Number.isFinite(
    Math.fround(values.reduce((a, b) => a * Math.max(1, Math.abs(b)), 1)),
  );

for (const [name, { apply, of }] of Object.entries(reductions)) {
  Deno.test(`${name}() equals an oracle for any shape and axes`, () => {
    const cases = shapes().chain((shape) =>
      fc.record({
        x: plain(shape),
        axes: fc.subarray([...shape.keys()]),
        fromTheEnd: fc.boolean(),
        keepDims: fc.boolean(),
      })
    );
    fc.assert(
      fc.property(cases, ({ x, axes, fromTheEnd, keepDims }) => {
        const { outShape, groups: parts } = groups(x, axes, keepDims);
        fc.pre(name !== "prod" || !parts.some(overflows));
        const given = axes.map((a) => fromTheEnd ? a - x.shape.length : a);
        assertResult(
          () => apply(tensorOf(x), given.toReversed(), keepDims),
          { shape: outShape, values: parts.map(of), dtype: "float32" },
          1e-6,
        );
      }),
      { numRuns: 150 },
    );
  });
}

Deno.test("sum() over all axes, which is the default, gives a scalar", () => {
  assertResult(() => tf.sum(tf.ones([2, 3])), { shape: [], values: [6] });
  assertResult(() => tf.sum(tf.zeros([0, 3])), { shape: [], values: [0] });
});

Deno.test("sum() of 2^25 times 0.1 is right to the last digit", () => {
  const count = 2 ** 25;
  const expected = Math.fround(count * Math.fround(0.1));
  tf.tidy(() => {
    const x = tf.fill([count], 0.1);
    // One float32 ends at 2097152, from where on 0.1 more changes nothing.
    assertEquals(tf.sum(x).arraySync(), expected);
    assertEquals(tf.mean(x).arraySync(), Math.fround(0.1));
    const columns = tf.sum(x.reshape([count / 4, 4]), 0).arraySync();
    assertEquals(columns, new Array(4).fill(expected / 4));
    const rows = tf.sum(x.reshape([4, count / 4]), 1).arraySync();
    assertEquals(rows, new Array(4).fill(expected / 4));
    const apart = tf.sum(x.reshape([count / 64, 8, 8]), [0, 2]).arraySync();
    assertEquals(apart, new Array(8).fill(expected / 8));
    const norm = tf.norm(x).arraySync() as number;
    const wanted = Math.sqrt(count) * Math.fround(0.1);
    assertEquals(Math.abs(norm - wanted) < 1e-4, true);
    assertEquals(tf.cumsum(x).slice([count - 1]).arraySync(), [expected]);
  });
});

for (const shape of [[2 ** 20], [2 ** 19, 2], [2 ** 18, 2, 2], [4, 2 ** 18]]) {
  Deno.test(`moments() of 2^20 values 1e4 ± 1 are right: [${shape}]`, () => {
    const values = Float32Array.from(
      { length: 2 ** 20 },
      (_, i) => 1e4 + (i & 4 ? 1 : -1),
    );
    tf.tidy(() => {
      const all = tf.moments(tf.tensor(values, shape));
      assertEquals(all.mean.arraySync(), 1e4);
      assertEquals(all.variance.arraySync(), 1);
      for (const axis of shape.keys()) {
        if (shape[axis]! < 8) continue;
        const { mean, variance } = tf.moments(tf.tensor(values, shape), axis);
        const count = sizeOf(mean.shape);
        assertEquals([...mean.dataSync()], new Array(count).fill(1e4));
        assertEquals([...variance.dataSync()], new Array(count).fill(1));
      }
    });
  });
}

Deno.test("softmax() and logSumExp() hold for long rows", () => {
  const [rows, length] = [2, 2 ** 22];
  tf.tidy(() => {
    const x = tf.zeros([rows, length]);
    const sums = tf.logSumExp(x, 1).arraySync();
    assertEquals(sums, new Array(rows).fill(Math.fround(Math.log(length))));
    const first = tf.softmax(x).slice([0, 0], [1, 1]).arraySync();
    assertEquals(first, [[1 / length]]);
  });
});

Deno.test("losses average many values as double precision does", () => {
  const count = 2 ** 24;
  tf.tidy(() => {
    const [labels, ones] = [tf.zeros([count]), tf.fill([count], 0.1)];
    const loss = tf.losses.meanSquaredError(labels, ones).arraySync() as number;
    assertEquals(Math.abs(loss - 0.01) < 1e-9, true);
    const metric = tf.metrics.meanAbsoluteError(labels, ones).arraySync();
    assertEquals(metric, Math.fround(0.1));
  });
});

Deno.test("mean() of int32 and bool loses no digit", () => {
  // float32 has no 16777217.
  const large = [16777217, 16777219, 2 ** 31 - 1, -(2 ** 31 - 1)];
  const x = { shape: [2, 2], values: large };
  assertResult(() => tf.mean(tensorOf(x, "int32")), {
    shape: [],
    values: [8388609],
    dtype: "float32",
  });
  assertResult(() => tf.mean(tensorOf(x, "int32"), 0, true), {
    shape: [1, 2],
    values: [1082130432, -1065353214],
  });
  assertResult(
    () => tf.mean(tf.tensor2d([[1, 0], [1, 1]], [2, 2], "bool"), 1),
    { shape: [2], values: [0.5, 1] },
  );
});

Deno.test("all() and any() of nothing are true and false", () => {
  const none = () => tf.zeros([0, 2], "bool");
  assertResult(() => tf.all(none(), 0), { shape: [2], values: [1, 1] });
  assertResult(() => tf.any(none(), 0), { shape: [2], values: [0, 0] });
});

Deno.test("sum() leaves an input that it need not reduce as it is", () => {
  tf.tidy(() => {
    const x = tf.tensor3d([1, 2, 3], [1, 3, 1]);
    const sum = tf.sum(x, [0, 2]);
    assertEquals(sum.arraySync(), [1, 2, 3]);
    x.dispose();
    assertEquals(sum.arraySync(), [1, 2, 3]);
  });
});
