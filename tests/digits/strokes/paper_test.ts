import { withoutPaper } from "../../../lib/digits/strokes/paper.ts";
import { assert } from "../../assert.ts";

const side = 50;
const picture = (
  value: (x: number, y: number) => number,
  [height, width]: readonly [number, number] = [side, side],
) => ({
  pixels: Uint8Array.from(
    { length: height * width },
    (_, i) => Math.round(value(i % width, Math.floor(i / width))),
  ),
  height,
  width,
});

Deno.test("withoutPaper() follows a surface of second degree under ink", () => {
  const paper = (x: number, y: number) =>
    120 + x - 0.5 * y + 0.02 * (x - 25) ** 2 + 0.01 * x * y;
  const isInk = (x: number) => x > 18 && x < 26;
  const { rest, noise } = withoutPaper(
    picture((x, y) => paper(x, y) - (isInk(x) ? 60 : 0)),
  );
  rest.forEach((value, i) => {
    const expected = isInk(i % side) ? -60 : 0;
    assert(Math.abs(value - expected) < 2, `${value} at ${i % side}`);
  });
  assert(noise < 1);
});

Deno.test("withoutPaper() stays finite where nothing varies", () => {
  for (const value of [0, 128, 255]) {
    const { rest } = withoutPaper(picture(() => value));
    assert(rest.every((left) => Math.abs(left) < 1e-6));
  }
  const line = { pixels: Uint8Array.from([1, 2, 3]), height: 1, width: 3 };
  assert(withoutPaper(line).rest.every(Number.isFinite));
});

Deno.test("withoutPaper() sees all columns of a large photograph", () => {
  // Every 60th pixel is in the first column, as every 3000th of 4000×3000.
  for (const size of [[4000, 60], [400, 300], [4000, 61], [9, 9000]] as const) {
    const shade = (x: number) => 200 - 150 * x / size[1];
    const { rest } = withoutPaper(picture(shade, size));
    assert(rest.every((left) => Math.abs(left) < 1), `${size}`);
  }
});
