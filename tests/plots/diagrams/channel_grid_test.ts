import * as tf from "@tensorflow/tfjs";
import { channelGrid } from "../../../lib/plots/diagrams/channel_grid.ts";
import { assert, assertEquals, assertThrows } from "../../assert.ts";
import { readPng } from "../encode/png_reader.ts";

await tf.setBackend("cpu");

/** The color in the middle of each of the tiles in one row. */
function middles(tensor: tf.Tensor3D, options = {}): number[][] {
  const [, , count] = tensor.shape;
  const { source } = channelGrid(tensor, { columns: count, ...options })
    .data[0]!;
  const [, base64] = (source as string).split(",");
  const { pixels, width, height } = readPng(Uint8Array.fromBase64(base64!));
  return Array.from({ length: count }, (_, i) => {
    const x = Math.floor((i + 0.5) * width / count);
    const at = 3 * (Math.floor(height * 0.6) * width + x);
    return [...pixels.subarray(at, at + 3)];
  });
}

Deno.test("channelGrid() draws 0 in gray, negative values in blue and others in orange", () => {
  const values = tf.tensor1d([0, -2, 5]).mul(tf.ones([8, 8, 1]));
  const [gray, blue, orange] = middles(values as tf.Tensor3D);
  assertEquals(gray, [0xf0, 0xf1, 0xf3]);
  assert(blue![2]! > blue![0]! && orange![0]! > orange![2]!);
});

Deno.test("channelGrid() gives each channel its own scale unless it is given one", () => {
  const values = tf.tensor1d([1, 4]).mul(tf.ones([8, 8, 1])) as tf.Tensor3D;
  const [a, b] = middles(values);
  assertEquals(a, b);
  const [faint, full] = middles(values, { most: 4 });
  assertEquals(full, b);
  assert(faint![2]! > full![2]!);
});

Deno.test("channelGrid() keeps no tensor and takes no more channels than there are", () => {
  const before = tf.memory().numTensors;
  const values = tf.ones<tf.Rank.R3>([7, 7, 3]);
  channelGrid(values, { count: 2 });
  assertEquals(tf.memory().numTensors, before + 1);
  assertThrows(
    () => channelGrid(values, { count: 4 }),
    RangeError,
    "expected count to be a whole number from 1 to 3, got 4",
  );
  values.dispose();
});
