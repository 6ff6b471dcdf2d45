import {
  onMap,
  recognize,
  sentence,
  shortDistance,
} from "../../../../lib/commands/page/app/recognize.ts";
import { useBackend } from "../../../../lib/backends/use_backend.ts";
import { assertEquals } from "../../../assert.ts";

const row = (angle: number) => [Math.cos(angle), Math.sin(angle)];
const rows = (angles: number[]) => ({
  values: Float32Array.from(angles.flatMap(row)),
  count: angles.length,
  size: 2,
});
/** Two classes at right angles. */
const angles = [0, 0.1, 0.2, 0.3, 1.3, 1.4, 1.5, 1.6];
const gallery = {
  images: new Uint8Array(8 * 784),
  labels: [0, 0, 0, 0, 1, 1, 1, 1],
  embeddings: rows(angles),
  centroids: rows([0.15, 1.45]),
  mean: Float32Array.of(0.5, 0.5),
  axes: { values: Float32Array.of(0, 1, 1, 0), count: 2, size: 2 },
};
const thresholds = { accept: 0.1, refuse: 0.3 };

for (
  const [angle, verdict, digit, text] of [
    [0.151, "accepted", 0, "0, at squared distance below 0.0001."],
    [0.18, "accepted", 0, "0, at squared distance 0.0009."],
    [1.9, "not sure", 1, "Perhaps 1. Not sure, at squared distance 0.20."],
    [
      -1,
      "none",
      0,
      "None of them. The nearest is 0, at squared distance 1.18.",
    ],
  ] as const
) {
  Deno.test(`recognize() of a point at ${angle} is ${verdict}`, async () => {
    await useBackend("wasm", { threads: 1 });
    const point = Float32Array.from(row(angle));
    const said = recognize(point, gallery, thresholds);
    assertEquals([said.verdict, said.digit], [verdict, digit]);
    assertEquals(sentence(said), text);
    // The nearest by hand.
    const expected = angles
      .map((other, index) => ({ index, distance: Math.abs(angle - other) }))
      .toSorted((a, b) => a.distance - b.distance).map(({ index }) => index);
    assertEquals(said.neighbors.map(({ index }) => index), expected);
    assertEquals(
      said.place.map((value) => value.toFixed(5)),
      [row(angle)[1]! - 0.5, row(angle)[0]! - 0.5]
        .map((value) => value.toFixed(5)),
    );
  });
}

Deno.test("onMap() puts the mean into the middle", () => {
  assertEquals(onMap([0.5, 0.5], gallery), [0, 0]);
});

Deno.test("shortDistance() keeps a digit of small distances", () => {
  assertEquals(
    [0, 0.00012, 0.0049, 0.015, 2.5].map(shortDistance),
    ["<0.0001", "0.0001", "0.005", "0.01", "2.50"],
  );
});
