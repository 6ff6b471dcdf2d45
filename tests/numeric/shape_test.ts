import * as tf from "@tensorflow/tfjs";
import { optionsOf } from "../../lib/numeric/options.ts";
import { checkRoom, checkShape } from "../../lib/numeric/shape.ts";
import { assertEquals, assertThrows } from "../assert.ts";

await tf.setBackend("cpu");

Deno.test("checkShape() takes numbers of the shape, words being any size", () => {
  const x = tf.ones([3, 2], "int32");
  checkShape("act", "values", x, ["n", "size"]);
  checkShape("act", "values", x, ["n", 2]);
  checkShape("act", "values", tf.variable(x), [3, 2]);
});

Deno.test("checkShape() refuses another shape, and what is no tensor of numbers", () => {
  const cases: [unknown, string][] = [
    [tf.ones([3]), "values of shape [n, 2], got a tensor of shape [3]"],
    [tf.ones([3, 3]), "values of shape [n, 2], got a tensor of shape [3, 3]"],
    [tf.ones([0, 2]), "values of shape [n, 2], got a tensor of shape [0, 2]"],
    [[[1, 2]], "values of shape [n, 2], got [[…]]"],
    [undefined, "values of shape [n, 2], got nothing"],
    [{ shape: [1, 2] }, "values of shape [n, 2], got "],
    [tf.tensor([["a", "b"]]), "values to be numbers, got a tensor of string"],
  ];
  for (const [tensor, message] of cases) {
    assertThrows(
      () => checkShape("act", "values", tensor, ["n", 2]),
      RangeError,
      `Cannot act: expected ${message}`,
    );
  }
});

Deno.test("optionsOf() gives options back and refuses all else", () => {
  const options = { k: 3 };
  assertEquals(optionsOf("act", options), options);
  for (const other of [undefined, null, 3, "k", [3]]) {
    assertThrows(
      () => optionsOf("act", other as object),
      RangeError,
      "Cannot act: expected an object with options, got ",
    );
  }
});

Deno.test("checkRoom() refuses what no memory could hold", () => {
  checkRoom("act", "distances", [2 ** 15, 2 ** 15]);
  checkRoom("act", "nothing", []);
  assertThrows(
    () => checkRoom("act", "distances", [2 ** 15, 2 ** 16]),
    RangeError,
    "Cannot act: expected distances of at most 4 GiB, got 32768 × 65536 values of 4 bytes",
  );
  assertThrows(() => checkRoom("act", "bytes", [2 ** 33], 1), RangeError);
});
