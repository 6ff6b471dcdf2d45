import * as tf from "@tensorflow/tfjs";
import type { Figure } from "../../../lib/plots/figures/figure.ts";
import { withImages } from "../../../lib/plots/play/with_images.ts";
import { assertEquals, assertThrows } from "../../assert.ts";
import { stripes } from "../../evaluation/embeddings/digits.ts";
import { readPng } from "../encode/png_reader.ts";

const dataset = stripes([1, 2, 3], 1, 1);
const points: Figure = {
  data: [{ x: [1, 2], y: [1, 2] }, { x: [3], y: [3] }],
  layout: {},
};
const imagesOf = ({ data }: Figure) =>
  data.map(({ meta }) => (meta as { images?: unknown } | undefined)?.images);

Deno.test("withImages() keeps the images that are used, once each", () => {
  const figure = withImages(points, dataset, [[2, 0], [2]]);
  assertEquals(imagesOf(figure), [[0, 1], [0]]);
  const files = figure.play!.images!.map((file) =>
    readPng(Uint8Array.fromBase64(file))
  );
  const size = dataset.height * dataset.width;
  assertEquals(
    files.map(({ pixels }) => [...pixels]),
    [2, 0].map((
      i,
    ) => [...dataset.images.subarray(i * size, (i + 1) * size)]),
  );
});

Deno.test("withImages() adds to the images of other traces", () => {
  const first = withImages(points, dataset, [[2, null]]);
  const both = withImages(first, dataset, [undefined, [[2, 1]]]);
  assertEquals(imagesOf(both), [[0, null], [[0, 1]]]);
  assertEquals(both.play!.images!.length, 2);
});

Deno.test("withImages() counts the cells of a heat map row by row", () => {
  const map = { data: [{ type: "heatmap", z: [[1, 2], [3, 4]] }], layout: {} };
  const cells = [[0], [1, 2], [], [0]];
  assertEquals(imagesOf(withImages(map, dataset, [cells])), [[
    [0],
    [1, 2],
    [],
    [0],
  ]]);
  assertThrows(() => withImages(map, dataset, [[0, 1]]), RangeError);
});

Deno.test("withImages() takes a tensor, which stays the caller's", () => {
  const images = tf.ones<tf.Rank.R4>([2, 8, 8, 1]);
  const figure = withImages(points, images, [[1, 1]]);
  assertEquals(figure.play!.images!.length, 1);
  images.dispose(); // throws nothing: it was alive
});

Deno.test("withImages() refuses what is no image of a point", () => {
  const wrong: [Parameters<typeof withImages>[2], string][] = [
    [[[0]], "expected 2 places of trace 0, got 1"],
    [[[0, 3]], "lists of them or null, got 3 at 1"],
    [[[0, [0, -1]]], "lists of them or null"],
    [[[0, 1], [0], [0]], "places for at most 2 traces, got 3"],
  ];
  for (const [places, message] of wrong) {
    assertThrows(
      () => withImages(points, dataset, places),
      RangeError,
      message,
    );
  }
});
