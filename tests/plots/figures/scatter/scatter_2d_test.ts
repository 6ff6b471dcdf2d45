import * as tf from "@tensorflow/tfjs";
import { scatter2d } from "../../../../lib/plots/figures/scatter/scatter_2d.ts";
import { palette } from "../../../../lib/plots/figures/style.ts";
import { assertEquals, assertThrows } from "../../../assert.ts";

await tf.setBackend("cpu");

Deno.test("scatter2d() draws a trace for each class, named at its median", () => {
  const points = tf.tensor2d([[0, 0], [5, 6], [2, 2], [1, 9]]);
  const { data, layout } = scatter2d(points, [3, 8, 3, 3]);
  assertEquals(data.map(({ name, x, y }) => [name, x, y]), [
    ["3", [0, 2, 1], [0, 2, 9]],
    ["8", [5], [6]],
  ]);
  const [three] = layout.annotations as {
    text: string;
    x: number;
    y: number;
  }[];
  assertEquals([three!.text, three!.x, three!.y], ["<b>3</b>", 1, 2]);
});

Deno.test("scatter2d() gives a class its color whatever others there are", () => {
  const color = (labels: number[]) =>
    scatter2d(tf.zeros([labels.length, 2]), labels).data
      .find(({ name }) => name === "7")!.marker as { color: string };
  assertEquals(color([7]).color, palette[7]);
  assertEquals(color([1, 7, 9]).color, palette[7]);
});

Deno.test("scatter2d() refuses other dimensions and other labels", () => {
  assertThrows(
    () => scatter2d(tf.zeros([4, 3]), [1]),
    RangeError,
    "expected points of shape [n, 2], got [4, 3]",
  );
  assertThrows(
    () => scatter2d(tf.zeros([2, 2]), [1]),
    RangeError,
    "expected 2 labels, got 1",
  );
});

Deno.test("scatter2d() refuses points that are nowhere", () => {
  assertThrows(
    () => scatter2d(tf.tensor2d([[0, 1], [NaN, 0]]), [1, 2]),
    RangeError,
    "expected finite embeddings, got NaN in row 1",
  );
});
