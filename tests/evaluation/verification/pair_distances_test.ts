import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { pairDistances } from "../../../lib/evaluation/verification/pair_distances.ts";
import { assertEquals, assertThrows } from "../../assert.ts";

await tf.setBackend("cpu");

Deno.test("pairDistances() takes every pair once, by its classes", () => {
  const labels = fc.array(fc.nat(3), { minLength: 1, maxLength: 12 });
  fc.assert(fc.property(labels, (labels) => {
    const n = labels.length;
    // The distance of i and j says who they are.
    const distances = tf.tidy(() =>
      tf.tensor2d(
        Array.from({ length: n * n }, (_, k) => {
          const [i, j] = [Math.floor(k / n), k % n];
          return 100 * Math.min(i, j) + Math.max(i, j);
        }),
        [n, n],
      )
    );
    const { positive, negative } = pairDistances(distances, labels);
    for (const [list, same] of [[positive, true], [negative, false]] as const) {
      for (const value of list) {
        const [i, j] = [Math.floor(value / 100), value % 100];
        assertEquals(labels[i] === labels[j], same);
      }
    }
    const all = [...positive, ...negative];
    assertEquals(all.length, n * (n - 1) / 2);
    assertEquals(new Set(all).size, all.length);
    distances.dispose();
  }));
});

Deno.test("pairDistances() refuses distances of other items", () => {
  assertThrows(
    () => pairDistances(tf.zeros([2, 3]), [0, 1]),
    RangeError,
    "expected distances of shape [n, n] between one point or more, got [2, 3]",
  );
  assertThrows(
    () => pairDistances(tf.zeros([0, 0]), []),
    RangeError,
    "got [0, 0]",
  );
  assertThrows(
    () => pairDistances(tf.zeros([2, 2]), [0, 1, 2]),
    RangeError,
    "expected 2 labels, got 3",
  );
  for (const length of [0, 3]) {
    assertThrows(
      () => pairDistances(new Float32Array(length), [0, 1]),
      RangeError,
      `between one point or more, got ${length} values`,
    );
  }
});

Deno.test("pairDistances() does not look at the diagonal", () => {
  for (const odd of [NaN, Infinity, -1, 5]) {
    const distances = tf.tensor2d([[odd, 1, 2], [1, odd, 4], [2, 4, odd]]);
    const { positive, negative } = pairDistances(distances, [7, 7, 9]);
    assertEquals([[...positive], [...negative]], [[1], [2, 4]]);
    const values = Float32Array.of(odd, 1, 2, 1, odd, 4, 2, 4, odd);
    assertEquals(pairDistances(values, [7, 7, 9]), { positive, negative });
  }
});

Deno.test("pairDistances() refuses what are no distances between items", () => {
  const refuses = (rows: number[][], message: string) =>
    assertThrows(
      () => pairDistances(tf.tensor2d(rows), [7, 9]),
      RangeError,
      `Cannot divide pairs by class: expected ${message}`,
    );
  refuses([[0, NaN], [NaN, 0]], "finite distances, got NaN between 0 and 1");
  refuses([[0, 1], [Infinity, 0]], "finite distances, got Infinity between 1");
  refuses([[0, -1], [-1, 0]], "distances of 0 or more, got -1 between 0 and 1");
  refuses([[0, 1], [2, 0]], "symmetric distances, got 1 and 2 between 0 and 1");
});
