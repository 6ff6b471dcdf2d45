import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { projectorFiles } from "../../../lib/evaluation/projections/projector_files.ts";
import { assert, assertEquals, assertThrows } from "../../assert.ts";

await tf.setBackend("cpu");

/** The lines that the projector reads: it skips blank ones. */
function lines(text: string): string[][] {
  return text.split("\n").filter((line) => line.trim() !== "")
    .map((line) => line.split("\t"));
}

const values = fc.float({ noNaN: true, noDefaultInfinity: true });
const texts = fc.string().filter((text) =>
  text.trim() !== "" && !/[\t\n\r]/.test(text)
);
const items = fc.array(fc.tuple(values, values, texts, fc.integer()), {
  minLength: 1,
  maxLength: 20,
});

Deno.test("projectorFiles() writes what the projector reads as the same numbers and words", () => {
  fc.assert(fc.property(items, texts, (items, name) => {
    fc.pre(name !== "digit");
    const embeddings = tf.tensor2d(items.map(([a, b]) => [a, b]));
    const { vectors, metadata } = projectorFiles(embeddings, {
      [name]: items.map(([, , text]) => text),
      digit: items.map(([, , , digit]) => digit),
    });
    assertEquals(
      Float32Array.from(lines(vectors).flat().map(Number)),
      embeddings.dataSync<"float32">().map((value) => value + 0), // no −0
    );
    const [header, ...rows] = lines(metadata);
    const column = header!.indexOf(name);
    assertEquals(header!.toSorted(), [name, "digit"].toSorted());
    assertEquals(
      rows.map((row) => row[column]),
      items.map(([, , text]) => text),
    );
    assertEquals(
      rows.map((row) => Number(row[1 - column])),
      items.map(([, , , digit]) => digit),
    );
    assert(vectors.endsWith("\n") && metadata.endsWith("\n"));
  }));
});

Deno.test("projectorFiles() leaves the header out above a single column", () => {
  const { metadata } = projectorFiles(tf.zeros([3, 2]), {
    digit: Uint8Array.of(7, 2, 1),
  });
  assertEquals(metadata, "7\n2\n1\n");
});

Deno.test("projectorFiles() refuses what would shift columns or lines", () => {
  const embeddings = tf.zeros<tf.Rank.R2>([2, 2]);
  for (const bad of ["a\tb", "a\nb", "a\r", "", "  "]) {
    for (
      const columns of [{ name: ["a", bad] }, { [bad]: [1, 2], name: [1, 2] }]
    ) {
      assertThrows(
        () => projectorFiles(embeddings, columns),
        RangeError,
        `got ${JSON.stringify(bad)}`,
      );
    }
  }
  const refuses = (columns: Record<string, number[]>, message: string) =>
    assertThrows(
      () => projectorFiles(embeddings, columns),
      RangeError,
      `Cannot write projector files: expected ${message}`,
    );
  refuses({}, "columns, got none");
  refuses({ digit: [1] }, "2 values of digit, got 1");
});

Deno.test("projectorFiles() refuses embeddings that the projector cannot show", () => {
  const digit = [1, 2];
  const refuses = (
    embeddings: tf.Tensor,
    message: string,
  ) =>
    assertThrows(
      () => projectorFiles(embeddings as tf.Tensor2D, { digit }),
      RangeError,
      message,
    );
  refuses(tf.zeros([2, 1]), "expected embeddings of size 2 or more, got 1");
  refuses(tf.zeros([0, 2]), "got a tensor of shape [0, 2]");
  refuses(tf.tensor2d([[0, 1], [0, NaN]]), "got NaN in row 1");
  refuses(tf.zeros([2]), "shape [n, size]");
});
