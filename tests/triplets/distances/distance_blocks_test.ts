import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { readEmbeddings } from "../../../lib/numeric/embeddings.ts";
import { createRandom } from "../../../lib/numeric/random.ts";
import { forEachDistanceRow } from "../../../lib/triplets/distances/distance_blocks.ts";
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "../../assert.ts";
import { testOnBackends } from "../backends.ts";
import { batches } from "../batches.ts";

const read = (tensor: tf.Tensor2D) => readEmbeddings(tensor);

function allRows(queries: tf.Tensor2D, gallery: tf.Tensor2D): number[][] {
  const rows: number[][] = [];
  forEachDistanceRow("look", read(queries), read(gallery), (row, query) => {
    assertEquals(query, rows.length);
    rows.push([...row]);
  });
  return rows;
}

testOnBackends("forEachDistanceRow() is exact on a grid", () => {
  fc.assert(fc.property(batches, batches, ({ rows }, gallery) => {
    assertEquals(
      allRows(tf.tensor2d(rows), tf.tensor2d(gallery.rows)),
      rows.map((a) =>
        gallery.rows.map((b) =>
          a.reduce((sum, x, k) => sum + (x - b[k]!) ** 2, 0)
        )
      ),
    );
  }));
});

testOnBackends("forEachDistanceRow() goes on where a block ends", () => {
  const line = tf.range(0, 2100).reshape<tf.Tensor2D>([2100, 1]); // two blocks
  const before = tf.memory().numTensors;
  let next = 0;
  forEachDistanceRow("look", read(line), read(line), (row, query) => {
    assertEquals(query, next++);
    assertEquals(row.length, 2100);
    for (let j = query % 7; j < 2100; j += 7) {
      if (row[j] !== (query - j) ** 2) {
        throw new Error(`got ${row[j]} between ${query} and ${j}`);
      }
    }
  });
  assertEquals(next, 2100);
  assertEquals(tf.memory().numTensors, before);
});

testOnBackends("forEachDistanceRow() finds duplicates equally far", () => {
  const random = createRandom(5);
  const points = tf.tensor2d(
    Float32Array.from({ length: 61 * 128 }, () => random.normal() / 11),
    [61, 128],
  );
  const copies = tf.concat([points, points, points]);
  const values = points.arraySync();
  allRows(points, copies).forEach((row, i) =>
    values.forEach((_, j) => {
      assert(row[j]! >= 0);
      assertEquals(row[j], row[j + 61]);
      assertEquals(row[j], row[j + 122]);
      const distance = values[i]!.reduce(
        (sum, x, k) => sum + (x - values[j]![k]!) ** 2,
        0,
      );
      assertAlmostEquals(row[j]!, distance, 4e-6);
    })
  );
});

testOnBackends(
  "forEachDistanceRow() keeps the spread of a collapsed batch",
  () => {
    const rows = [0, 1e-4, 3e-4].map((x) => [Math.fround(1 + x), 1, 1]);
    const [[self, near, far]] = allRows(
      tf.tensor2d(rows),
      tf.tensor2d(rows),
    ) as [
      [number, number, number],
      number[],
      number[],
    ];
    assertEquals(self, 0);
    assertAlmostEquals(near, (rows[1]![0]! - 1) ** 2, 1e-14);
    assertAlmostEquals(far, (rows[2]![0]! - 1) ** 2, 1e-14);
  },
);

Deno.test("forEachDistanceRow() refuses other sizes and values too large", async () => {
  await tf.setBackend("cpu");
  const before = tf.memory().numTensors;
  tf.tidy(() => {
    assertThrows(
      () => allRows(tf.eye(2), tf.eye(3)),
      RangeError,
      "Cannot look: expected embeddings of size 3, that of the gallery, got 2",
    );
    assertThrows(
      () => allRows(tf.tensor2d([[0], [1e19]]), tf.tensor2d([[0]])),
      RangeError,
      "expected embeddings whose squared distances float32 can hold",
    );
  });
  assertEquals(tf.memory().numTensors, before);
});
