import type { GrayPicture } from "../../../lib/digits/drawing/gray_picture.ts";
import { drawStrokes } from "../../../lib/digits/strokes/draw_strokes.ts";
import { inkOfPhotograph } from "../../../lib/digits/strokes/ink_of_photograph.ts";
import { createRandom } from "../../../lib/numeric/random.ts";
import { assert, assertEquals, assertThrows } from "../../assert.ts";
import { one, three } from "./hand.ts";

/** A photograph of a drawing: paper by place, ink that takes or gives light, noise. */
function photographed(
  drawing: GrayPicture,
  { paper, ink, noise = 0 }: {
    paper: (x: number, y: number) => number;
    ink: number;
    noise?: number;
  },
): GrayPicture {
  const random = createRandom(5);
  const { pixels, height, width } = drawing;
  return {
    height,
    width,
    pixels: Uint8Array.from(pixels, (value, i) => {
      const ground = paper((i % width) / width, Math.floor(i / width) / height);
      const light = ground + ink * value / 255 + noise * random.normal();
      return Math.min(255, Math.max(0, Math.round(light)));
    }),
  };
}

/** The share of pixels that are ink in one picture alone. */
function difference(a: GrayPicture, b: GrayPicture): number {
  const differ = [...a.pixels].filter((value, i) =>
    value > 127 !== b.pixels[i]! > 127
  );
  return differ.length / [...b.pixels].filter((value) => value > 127).length;
}

const papers = {
  "white paper": { paper: () => 240, ink: -200 },
  "gray paper in a shadow": {
    paper: (x: number, y: number) => 210 - 70 * x - 40 * y,
    ink: -90,
  },
  "a vignette": {
    paper: (x: number, y: number) =>
      200 - 150 * ((x - 0.5) ** 2 + (y - 0.5) ** 2),
    ink: -80,
  },
  "a noisy camera": { paper: () => 180, ink: -100, noise: 8 },
  "a blackboard": { paper: (x: number) => 40 + 20 * x, ink: 150, noise: 3 },
  "white on black, as MNIST is": { paper: () => 0, ink: 255 },
};
for (const [name, given] of Object.entries(papers)) {
  Deno.test(`inkOfPhotograph() finds the ink on ${name}`, () => {
    for (const strokes of [three, one]) {
      const drawing = drawStrokes(strokes);
      const ink = inkOfPhotograph(photographed(drawing, given));
      assertEquals([ink.height, ink.width], [140, 140]);
      const wrong = difference(ink, drawing);
      assert(wrong < 0.12, `${wrong} of the ink`);
      assertEquals(ink.pixels[0], 0);
    }
  });
}

Deno.test("inkOfPhotograph() leaves dust out", () => {
  const drawing = drawStrokes(three);
  const dusty = photographed(drawing, { paper: () => 230, ink: -180 });
  for (const at of [3 * 140 + 3, 130 * 140 + 20, 60 * 140 + 5]) {
    dusty.pixels[at] = 40;
  }
  const { pixels } = inkOfPhotograph(dusty);
  assertEquals([pixels[3 * 140 + 3], pixels[60 * 140 + 5]], [0, 0]);
});

Deno.test("inkOfPhotograph() says what it expects", () => {
  const side = 60;
  const picture = (value: (i: number) => number): GrayPicture => ({
    pixels: Uint8Array.from({ length: side * side }, (_, i) => value(i)),
    height: side,
    width: side,
  });
  const random = createRandom(1);
  const wrong: [GrayPicture, string][] = [
    [picture(() => 0), "stands out from its paper"],
    [picture((i) => 100 + i % side), "stands out from its paper"],
    [picture(() => 120 + 30 * random.normal()), "stands out from its paper"],
    [picture((i) => i === 999 ? 0 : 250), "stands out from its paper"],
    [{ pixels: new Uint8Array(4), height: 2, width: 2 }, "8×8 pixels or more"],
    [{ pixels: new Uint8Array(5), height: 2, width: 2 }, "4 bytes"],
  ];
  for (const [given, message] of wrong) {
    assertThrows(() => inkOfPhotograph(given), RangeError, message);
  }
});
