import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../../lib/backends/use_backend.ts";
import { createRandom } from "../../../../lib/numeric/random.ts";
import { assert, assertEquals } from "../../../assert.ts";

/** Normal numbers by seed, as plain data that either backend can take. */
export function normals(shape: number[], seed: number) {
  const random = createRandom(seed);
  const size = shape.reduce((product, side) => product * side, 1);
  const values = Float32Array.from({ length: size }, () => random.normal());
  return { shape, values };
}

/** Tensors of the current backend from plain data. */
export function tensorOf(
  { shape, values }: ReturnType<typeof normals>,
): tf.Tensor {
  return tf.tensor(values, shape);
}

/**
 * Runs the same computation on cpu and on wasm and holds the results against
 * each other: the largest difference, relative to the largest value.
 */
export async function assertEqualsCpu(
  compute: () => tf.Tensor | tf.Tensor[],
  tolerance = 1e-4,
): Promise<void> {
  const results = [];
  for (const name of ["cpu", "wasm"] as const) {
    await useBackend(name);
    const outputs = tf.tidy(() => [compute()].flat());
    assert(outputs.length > 0, "expected something to compare");
    results.push(outputs.map((t) => ({
      type: { shape: t.shape, dtype: t.dtype },
      data: t.dataSync(),
    })));
    tf.dispose(outputs);
  }
  const [expected, actual] = results as [typeof results[0], typeof results[0]];
  assertEquals(
    actual.map(({ type }) => type),
    expected.map(({ type }) => type),
  );
  actual.forEach(({ type: { shape }, data }, i) => {
    const reference = expected[i]!.data;
    let [largest, difference] = [1e-6, 0];
    for (let j = 0; j < data.length; j++) {
      largest = Math.max(largest, Math.abs(reference[j]!));
      difference = Math.max(difference, Math.abs(reference[j]! - data[j]!));
      assert(
        Number.isNaN(reference[j]!) === Number.isNaN(data[j]!),
        `output ${i}: expected ${reference[j]} at ${j}, got ${data[j]}`,
      );
    }
    assert(
      difference <= tolerance * largest,
      `output ${i} [${shape}]: differs by ${difference} of ${largest}`,
    );
  });
}
