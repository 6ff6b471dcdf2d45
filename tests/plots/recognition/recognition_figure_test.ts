import { figurePicture } from "../../../lib/plots/picture/picture.ts";
import {
  recognitionFigure,
  type RecognizedDrawing,
} from "../../../lib/plots/recognition/recognition_figure.ts";
import { assert, assertEquals, assertThrows } from "../../assert.ts";

/** A drawing whose nearest class is as far as a number says. */
export const recognized = (nearest = 0.02, count = 5): RecognizedDrawing => ({
  image: new Uint8Array(784).fill(200, 300, 400),
  distances: { "3": nearest, "5": 2.1, "<b>sign": 1.5 },
  accept: 0.1,
  refuse: 0.4,
  neighbors: {
    images: {
      images: new Uint8Array(784 * count),
      labels: new Uint8Array(count),
      count,
      height: 28,
      width: 28,
    },
    captions: Array.from({ length: count }, (_, i) => `n${i}`),
  },
  map: {
    points: { values: Float32Array.of(0, 0, 1, 1), count: 2, size: 2 },
    labels: [3, 5],
    place: [0.5, 0.25],
    marks: { sign: [1, 0] },
  },
});

Deno.test("recognitionFigure() has four panels, of which a picture can be made", () => {
  for (const count of [1, 4, 8]) {
    const figure = recognitionFigure(recognized(0.02, count), "3: accepted");
    const axes = new Set(figure.data.map(({ xaxis }) => xaxis ?? "x"));
    assertEquals([...axes].toSorted(), ["x", "x2", "x3", "x4"]);
    const svg = figurePicture(figure)!;
    assert(svg.includes("3: accepted") && svg.includes(">n0<"));
    assert(!svg.includes("<b>sign"), "names are no markup");
  }
});

Deno.test("recognitionFigure() colors the nearest by what it is", () => {
  const colorAt = (nearest: number) => {
    const bars = recognitionFigure(recognized(nearest)).data
      .find(({ type }) => type === "bar")!;
    return (bars.marker as { color: string[] }).color;
  };
  const [accepted, unsure, stranger] = [0.1, 0.4, 0.5].map(colorAt);
  assertEquals(new Set([accepted![0], unsure![0], stranger![0]]).size, 3);
  assertEquals(new Set(accepted!.slice(1)).size, 1);
});

Deno.test("recognitionFigure() puts the drawing where it lies", () => {
  const { data } = recognitionFigure(recognized());
  const marks = data.at(-1)!;
  assertEquals([marks.x, marks.y], [[1, 0.5], [0, 0.25]]);
});

Deno.test('recognitionFigure() tells the drawing from a class called "this drawing"', () => {
  const given = recognized();
  const map = { ...given.map, marks: { "this drawing": [1, 0], sign: [0, 0] } };
  const { data } = recognitionFigure({ ...given, map });
  assertEquals(data.at(-1)!.x, [1, 0, 0.5]);
  assertEquals(data.at(-1)!.text, ["<b>this drawing</b>", "<b>sign</b>", ""]);
});

Deno.test("recognitionFigure() refuses what it cannot draw", () => {
  const given = recognized();
  const wrong: [Partial<RecognizedDrawing>, string][] = [
    [{ image: new Uint8Array(3) }, "784"],
    [{ distances: {} }, "distances"],
    [{ distances: { a: -1 } }, "the distance to a"],
    [{ accept: 0.5 }, "refuse to be"],
    [{ neighbors: { ...given.neighbors, captions: [] } }, "captions"],
    [{ map: { ...given.map, place: [0] } }, "coordinates of this drawing"],
    [
      { map: { ...given.map, place: [0, NaN] } },
      "coordinates of this drawing to be a number",
    ],
  ];
  for (const [part, message] of wrong) {
    assertThrows(
      () => recognitionFigure({ ...given, ...part }),
      RangeError,
      message,
    );
  }
});
