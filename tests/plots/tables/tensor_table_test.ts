import * as tf from "@tensorflow/tfjs";
import {
  embeddingsTable,
  tensorCaption,
  tensorTable,
} from "../../../lib/plots/tables/tensor_table.ts";
import { assertEquals } from "../../assert.ts";

await tf.setBackend("cpu");

Deno.test("tensorCaption() says type, shape and range", () => {
  const captions: [tf.Tensor, string][] = [
    [tf.tensor2d([[0.5, -1 / 3]]), "tensor float32 [1, 2], -0.3333 … 0.5"],
    [tf.scalar(3, "int32"), "tensor int32 [], 3 … 3"],
    [tf.tensor1d(["a"]), "tensor string [1]"],
    [tf.zeros([0, 4]), "tensor float32 [0, 4]"],
    [
      tf.tensor1d([NaN, 1, Infinity]),
      "tensor float32 [3], 1 … Infinity, 2 not finite",
    ],
    [tf.tensor1d([NaN]), "tensor float32 [1], 1 not finite"],
  ];
  for (const [tensor, caption] of captions) {
    assertEquals(tensorCaption(tensor), caption);
  }
});

Deno.test("tensorTable() shows small tensors whole", () => {
  assertEquals(tensorTable(tf.scalar(0.5)).rows, [["0.5000"]]);
  assertEquals(tensorTable(tf.tensor1d([1, 2], "int32")).rows, [["1", "2"]]);
  assertEquals(tensorTable(tf.tensor2d([[1, 2], [3, 4]])).rows, [
    ["1", "2"],
    ["3", "4"],
  ]);
  assertEquals(tensorTable(tf.tensor1d(["a"])).rows, [["a"]]);
  assertEquals(tensorTable(tf.zeros([0, 3])).rows, []);
});

Deno.test("embeddingsTable() shows plain embeddings as a tensor of them", () => {
  const values = Float32Array.of(0.5, -0.25, 1, 0, 2, 3);
  const { caption, ...table } = embeddingsTable({ values, count: 3, size: 2 });
  assertEquals(caption, "embeddings [3, 2], -0.25 … 3");
  const { caption: _, ...same } = tensorTable(tf.tensor2d(values, [3, 2]));
  assertEquals(table, same);
});

Deno.test("tensorTable() cuts large tensors, and takes the first matrix", () => {
  const { rows } = tensorTable(tf.range(0, 3 * 10 * 9).reshape([3, 10, 9]));
  assertEquals(rows.length, 9);
  assertEquals(rows[1], ["9", "10", "11", "12", "13", "14", "15", "16", "…"]);
  assertEquals(rows[8], new Array(9).fill("…"));
});

Deno.test("tensorTable() writes all numbers in one notation", () => {
  const row = (values: number[]) => tensorTable(tf.tensor1d(values)).rows[0];
  assertEquals(row([0.25, 12]), ["0.2500", "12.0000"]);
  assertEquals(row([1e-5, 2e-5]), ["1.000e-5", "2.000e-5"]);
  assertEquals(row([0.5, NaN]), ["0.5000", "NaN"]);
});
