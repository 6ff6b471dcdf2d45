import * as tf from "@tensorflow/tfjs";
import type { Figure } from "../../../lib/plots/figures/figure.ts";
import { imageGrid } from "../../../lib/plots/figures/image_grid.ts";
import { colors } from "../../../lib/plots/figures/style.ts";
import { assert, assertEquals, assertThrows } from "../../assert.ts";
import { stripes } from "../../evaluation/embeddings/digits.ts";
import { readPng } from "../encode/png_reader.ts";

await tf.setBackend("cpu");

const dataset = stripes([0, 1, 2], 40, 1);

function picture({ data }: Figure) {
  const source = data[0]!.source as string;
  return readPng(Uint8Array.fromBase64(source.split(",")[1]!));
}

Deno.test("imageGrid() shows a dataset's images ten in a row, with labels", () => {
  const figure = imageGrid(dataset);
  assertEquals((figure.data[1]!.text as string[]).slice(0, 4), [
    "0",
    "1",
    "2",
    "0",
  ]);
  assertEquals((figure.data[1]!.text as string[]).length, 100);
  const { width, height, channels } = picture(figure);
  assertEquals(channels, 1);
  assert(width > 280 && height > 280);
  assertEquals(figure.layout.width, 648);
});

Deno.test("imageGrid() puts the chosen pixels below their captions", () => {
  const figure = imageGrid(dataset, { indices: [7, 4], columns: 1 });
  const { pixels, width } = picture(figure);
  const { x, y } = figure.data[1]! as unknown as { x: number[]; y: number[] };
  [7, 4].forEach((index, i) => {
    assertEquals(x[i], 14);
    const row = pixels.subarray(y[i]! * width, y[i]! * width + 28);
    assertEquals(row, dataset.images.slice(index * 784, index * 784 + 28));
    assert(
      pixels.subarray((y[i]! - 1) * width, y[i]! * width).every((p) =>
        p === 255
      ),
    );
  });
});

Deno.test("imageGrid() says what was predicted, right in blue, wrong in orange", () => {
  const predictions = Uint8Array.from(dataset.labels);
  predictions[5] = 9;
  const figure = imageGrid(dataset, { indices: [4, 5], predictions });
  assertEquals(figure.data[1]!.text, ["1", "2, not 9"]);
  assertEquals(
    (figure.data[1]!.textfont as { color: string[] }).color,
    [colors.blue, colors.orange],
  );
});

Deno.test("imageGrid() shows a tensor's images, in gray or in color", () => {
  const gray = imageGrid(tf.zeros([3, 28, 28, 1]));
  assertEquals(gray.data.length, 1);
  assertEquals(picture(gray).channels, 1);
  const color = imageGrid(tf.zeros([10, 9, 3]), { captions: ["one"] });
  assertEquals(picture(color).channels, 3);
  assertEquals(color.data[1]!.text, ["one"]);
});

Deno.test("imageGrid() leaves white between images of a few pixels", () => {
  for (const size of [1, 2, 7]) {
    const { pixels, width } = picture(imageGrid(tf.zeros([2, size, size, 1])));
    const last = pixels.subarray(-width);
    assertEquals([last[0], last.at(-1)], [0, 0]);
    assert(last.includes(255));
  }
});

Deno.test("imageGrid() of a hundred digits is small", () => {
  // These images are all noise, which does not compress: the worst case.
  const figure = imageGrid(dataset);
  assert(JSON.stringify(figure).length < 150_000);
});

Deno.test("imageGrid() refuses options that do not fit", () => {
  const cases: [() => unknown, string][] = [
    [() => imageGrid(dataset, { indices: [] }), "expected images, got none"],
    [() => imageGrid(dataset, { indices: [120] }), "got 120"],
    [
      () => imageGrid(dataset, { indices: [1], captions: ["a", "b"] }),
      "expected 1 captions, got 2",
    ],
    [
      () => imageGrid(dataset, { predictions: [1] }),
      "expected 120 predictions, got 1",
    ],
    [
      () => imageGrid(dataset, { columns: 0 }),
      "expected columns to be a whole number from 1 to 71, got 0",
    ],
    [
      () => imageGrid(tf.zeros([2, 8, 8, 1]), { captions: ["a"] }),
      "expected 2 captions, got 1",
    ],
  ];
  for (const [call, message] of cases) assertThrows(call, RangeError, message);
});

Deno.test("imageGrid() calls the classes of a dataset by their names", () => {
  const classNames = ["shirt", "coat"];
  const texts = (options = {}) =>
    imageGrid(dataset, { indices: [0, 1, 2], classNames, ...options })
      .data[1]!.text;
  assertEquals(texts(), ["shirt", "coat", "2"]);
  const predictions = Array.from(dataset.labels, () => 1);
  assertEquals(texts({ predictions }), [
    "shirt, not coat",
    "coat",
    "2, not coat",
  ]);
  assertThrows(
    () => texts({ classNames: "AB" }),
    RangeError,
    'expected classNames to be a list, got "AB"',
  );
});
