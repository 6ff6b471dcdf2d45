import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { createRandom } from "../../lib/numeric/random.ts";
import { assert, assertEquals } from "../assert.ts";

/** Normal numbers by seed, as plain data that either backend can take. */
export function normals(shape: readonly number[], seed: number) {
  const random = createRandom(seed);
  const size = shape.reduce((product, side) => product * side, 1);
  const values = Float32Array.from({ length: size }, () => random.normal());
  return { shape: [...shape], values };
}

/** Tensors of the current backend from plain data. */
export function tensorOf(
  { shape, values }: ReturnType<typeof normals>,
): tf.Tensor {
  return tf.tensor(values, shape);
}

/** Makes tensors of the current backend. */
export type Compute = () => tf.Tensor | tf.Tensor[];

/**
 * Runs the same computation on cpu and on another backend and holds the results
 * against each other: the largest difference, relative to the largest value.
 *
 * @param use Makes the other backend the current one.
 */
export async function assertEqualsCpu(
  compute: Compute,
  tolerance = 1e-4,
  use: () => Promise<unknown> = () => useBackend("wasm"),
): Promise<void> {
  await useBackend("cpu");
  const expected = await resultsOf(compute);
  await use();
  assertNear(await resultsOf(compute), expected, tolerance);
}

/** A tensor's type and values. */
export interface Result {
  type: Pick<tf.Tensor, "shape" | "dtype">;
  data: ArrayLike<number>;
}

/** What a computation gives on the current backend; its tensors are disposed. */
export async function resultsOf(compute: Compute): Promise<Result[]> {
  const outputs = tf.tidy(() => [compute()].flat());
  assert(outputs.length > 0, "expected something to compare");
  const results = await Promise.all(outputs.map(async (tensor) => {
    const { shape, dtype } = tensor;
    return { type: { shape, dtype }, data: await tensor.data() };
  }));
  tf.dispose(outputs);
  return results;
}

/** Asserts that results are of one type and their values nearly the same. */
export function assertNear(
  actual: Result[],
  expected: Result[],
  tolerance: number,
): void {
  assertEquals(
    actual.map(({ type }) => type),
    expected.map(({ type }) => type),
  );
  actual.forEach(({ type: { shape }, data }, i) => {
    const reference = expected[i]!.data;
    assertEquals(data.length, reference.length);
    let [largest, difference] = [1e-6, 0];
    for (let j = 0; j < data.length; j++) {
      const [value, wanted] = [data[j]!, reference[j]!];
      if (!Number.isFinite(value) || !Number.isFinite(wanted)) {
        const text = `output ${i}: expected ${wanted} at ${j}, got ${value}`;
        assert(Object.is(value, wanted), text);
        continue;
      }
      largest = Math.max(largest, Math.abs(wanted));
      difference = Math.max(difference, Math.abs(wanted - value));
    }
    assert(
      difference <= tolerance * largest,
      `output ${i} [${shape}]: differs by ${difference} of ${largest}`,
    );
  });
}
