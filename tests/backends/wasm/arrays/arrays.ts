import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { assert, assertEquals } from "../../../assert.ts";

/** A tensor as plain data: the oracles of these tests work on it. */
export interface Plain {
  shape: number[];
  values: number[];
}

/** How many values a shape has. */
export const sizeOf = (shape: readonly number[]) =>
  shape.reduce((product, side) => product * side, 1);

/** Shapes of any rank, with axes of length 0 and 1 among them. */
export const shapes = (least = 0) =>
  fc.array(fc.integer({ min: least, max: 4 }), { maxLength: 5 });

/** Numbers that float32 holds exactly, by shape. */
export const plain = (shape: number[]): fc.Arbitrary<Plain> =>
  fc.array(fc.integer({ min: -64, max: 64 }), {
    minLength: sizeOf(shape),
    maxLength: sizeOf(shape),
  }).map((values) => ({ shape, values: values.map((value) => value / 8) }));

/** A tensor of plain data. */
export const tensorOf = (
  { shape, values }: Plain,
  dtype: tf.DataType = "float32",
) => tf.tensor(values, shape, dtype as "float32");

/** Every place of a shape, in the order of memory. */
export function* places(shape: readonly number[]): Generator<number[]> {
  for (let i = 0; i < sizeOf(shape); i++) {
    let rest = i;
    yield shape.toReversed().map((side) => {
      const place = rest % side;
      rest = Math.floor(rest / side);
      return place;
    }).reverse();
  }
}

/** The value at a place, counted from the last axis; a side of 1 is repeated. */
export function at({ shape, values }: Plain, place: readonly number[]): number {
  let index = 0;
  shape.forEach((side, axis) => {
    const own = place[place.length - shape.length + axis]!;
    index = index * side + (side === 1 ? 0 : own);
  });
  return values[index]!;
}

/** Runs once; tensors are freed, and the result must be the expected one. */
export function assertResult(
  compute: () => tf.Tensor,
  expected: Plain & { dtype?: tf.DataType },
  tolerance = 0,
): void {
  const before = tf.memory().numTensors;
  tf.tidy(() => {
    const result = compute();
    assertEquals(result.shape, expected.shape);
    if (expected.dtype) assertEquals(result.dtype, expected.dtype);
    const values = [...result.dataSync()];
    assertEquals(values.length, expected.values.length);
    values.forEach((value, i) => {
      const wanted = expected.values[i]!;
      const error = Math.abs(value - Math.fround(wanted));
      assert(
        Object.is(value, wanted) || value === Math.fround(wanted) ||
          error <= tolerance * Math.max(1, Math.abs(wanted)),
        `expected ${wanted} at ${i}, got ${value}`,
      );
    });
  });
  assertEquals(tf.memory().numTensors, before);
}
