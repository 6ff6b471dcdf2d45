import * as tf from "@tensorflow/tfjs";
import {
  type Embeddings,
  readEmbeddings,
  selectRows,
} from "../../lib/numeric/embeddings.ts";
import { assertEquals, assertThrows } from "../assert.ts";

await tf.setBackend("cpu");

const plain = (changes: object = {}): Embeddings => ({
  values: Float32Array.of(1, 2, 3, 4, 5, 6),
  count: 3,
  size: 2,
  ...changes,
});

Deno.test("readEmbeddings() reads a tensor once and takes plain numbers as they are", () => {
  const tensor = tf.tensor2d([[1, 2], [3, 4], [5, 6]]);
  assertEquals(readEmbeddings(tensor), plain());
  assertEquals(tensor.isDisposed, false);
  assertEquals(readEmbeddings(tensor.toInt()), plain());
  const given = plain();
  assertEquals(readEmbeddings(given).values === given.values, true);
});

Deno.test("readEmbeddings() refuses what no measure is defined for", () => {
  const { values } = plain();
  const cases: [unknown, string][] = [
    [plain({ values: [...values] }), "to be a Float32Array, got [1, 2, 3"],
    [plain({ count: 0, values: new Float32Array(0) }), "got 0"],
    [plain({ size: 1.5 }), "size to be a whole number of 1 or more, got 1.5"],
    [plain({ count: 2 }), "expected 4 values of embeddings, got 6"],
    [
      plain({ values: values.with(3, NaN) }),
      "finite embeddings, got NaN in row 1",
    ],
    [plain({ values: values.with(5, -Infinity) }), "got -Infinity in row 2"],
    [tf.tensor2d([[1], [Infinity]]), "got Infinity in row 1"],
    [tf.ones([2]), "expected embeddings of shape [n, size]"],
    [[[1, 2]], "expected embeddings of shape [n, size]"],
    [null, "expected embeddings of shape [n, size], got null"],
  ];
  for (const [given, message] of cases) {
    assertThrows(
      () => readEmbeddings(given as Embeddings, "look"),
      RangeError,
      message,
    );
  }
});

Deno.test("selectRows() copies rows in the order asked for, twice where asked twice", () => {
  const given = plain();
  const rows = selectRows(given, [2, 0, 2]);
  assertEquals(rows, {
    values: Float32Array.of(5, 6, 1, 2, 5, 6),
    count: 3,
    size: 2,
  });
  rows.values.fill(0);
  assertEquals(given, plain());
});
