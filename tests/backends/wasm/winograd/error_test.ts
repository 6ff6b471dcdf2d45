import { setWinograd } from "../../../../lib/backends/wasm/winograd/use.ts";
import * as matrices from "../../../../lib/backends/wasm/winograd/matrices.ts";
import { createRandom, type Random } from "../../../../lib/numeric/random.ts";
import { assert, assertEquals } from "../../../assert.ts";
import {
  constantPasses,
  type Passes,
  type PassResults,
  runPasses,
} from "../runtime/passes.ts";

type Matrix = matrices.Matrix;

/** The relative rounding error of float32. */
const u = 2 ** -24;

/**
 * The most that a transform there and back makes of factors whose largest value is
 * 1: in two dimensions the square of what it is in one.
 */
function gain(back: Matrix, a: Matrix, b: Matrix): number {
  const lengths = (matrix: Matrix) =>
    matrix.map((row) => row.reduce((sum, x) => sum + Math.abs(x), 0));
  const [first, second] = [lengths(a), lengths(b)];
  const results = back.map((row) =>
    row.reduce((sum, x, p) => sum + Math.abs(x) * first[p]! * second[p]!, 0)
  );
  return Math.max(...results) ** 2;
}

Deno.test("the bounds of setWinograd() have the constants of its matrices", () => {
  const forward = gain(
    matrices.outputTransform,
    matrices.inputTransform,
    matrices.filterTransform,
  );
  assertEquals(Math.ceil(forward), 564);
  const back = gain(
    matrices.filterGradientTransform,
    matrices.inputTransform,
    matrices.outputGradientTransform,
  );
  assertEquals(Math.ceil(back), 803);
});

/** The three passes by Winograd's tiles. */
async function byTiles(passes: Passes): Promise<PassResults> {
  setWinograd("always");
  try {
    return await runPasses("wasm", passes);
  } finally {
    setWinograd("normalized");
  }
}

/** Calls something for the pixels of a square, as far as they are in the image. */
function eachPixel(
  side: number,
  [top, left, size]: [number, number, number],
  use: (pixel: number) => void,
): void {
  for (let row = Math.max(0, top); row < Math.min(side, top + size); row++) {
    const end = Math.min(side, left + size);
    for (let column = Math.max(0, left); column < end; column++) {
      use(row * side + column);
    }
  }
}

/** The largest of each channel's values in some pixels. */
function largest(values: Float32Array, channels: number) {
  const most = new Float64Array(channels);
  return {
    most,
    add(pixel: number) {
      for (let c = 0; c < channels; c++) {
        const value = Math.abs(values[pixel * channels + c]!);
        most[c] = Math.max(most[c]!, value);
      }
    },
  };
}

/**
 * The largest errors of the forward pass and of the filter's gradient, relative to
 * the sums that their bounds are made of.
 */
async function errors(passes: Passes): Promise<{ y: number; dw: number }> {
  const { shape: [count, side, , c], filters: m, x, w, dy } = passes;
  const { y, dw } = await byTiles(passes);
  const filter = largest(w, c * m);
  for (let tap = 0; tap < 9; tap++) filter.add(tap);
  const sums = new Float64Array(c * m);
  const slopes = new Float64Array(9 * c * m);
  const worst = { y: 0, dw: 0 };
  const pixels = side * side;
  for (let image = 0; image < count; image++) {
    const first = image * pixels;
    for (let top = 0; top < side; top += matrices.tilePixels) {
      for (let left = 0; left < side; left += matrices.tilePixels) {
        const seen = largest(x, c);
        const given = largest(dy, m);
        eachPixel(side, [top - 1, left - 1, 6], (p) => seen.add(first + p));
        eachPixel(side, [top, left, 4], (p) => given.add(first + p));
        const bound = new Float64Array(m);
        for (let k = 0; k < c; k++) {
          for (let o = 0; o < m; o++) {
            bound[o]! += seen.most[k]! * filter.most[k * m + o]!;
            sums[k * m + o]! += seen.most[k]! * given.most[o]!;
          }
        }
        eachPixel(side, [top, left, 4], (p) => {
          const plain = new Float64Array(m);
          for (let tap = 0; tap < 9; tap++) {
            const row = Math.floor(p / side) + Math.floor(tap / 3) - 1;
            const column = p % side + tap % 3 - 1;
            eachPixel(side, [row, column, 1], (q) => {
              for (let k = 0; k < c; k++) {
                const value = x[(first + q) * c + k]!;
                for (let o = 0; o < m; o++) {
                  const weight = (tap * c + k) * m + o;
                  plain[o]! += value * w[weight]!;
                  slopes[weight]! += value * dy[(first + p) * m + o]!;
                }
              }
            });
          }
          plain.forEach((right, o) => {
            const error = Math.abs(y[(first + p) * m + o]! - right);
            worst.y = Math.max(worst.y, error / bound[o]!);
          });
        });
      }
    }
  }
  dw.forEach((value, i) => {
    const error = Math.abs(value - slopes[i]!);
    worst.dw = Math.max(worst.dw, error / sums[i % (c * m)]!);
  });
  return worst;
}

/** Numbers that rounding may take badly. */
const kinds: Record<string, (random: Random) => number> = {
  normal: (random) => random.normal(),
  positive: (random) => random.uniform(),
  signs: (random) => random.integer(2) ? 1 : -1,
  "a few outliers": (random) =>
    random.normal() * (random.integer(50) ? 1 : 1e5),
  "of many sizes": (random) => 10 ** (12 * random.uniform() - 6),
};

for (const [name, draw] of Object.entries(kinds)) {
  Deno.test(`the error of Winograd's tiles is within the bounds of setWinograd(), numbers: ${name}`, async () => {
    const random = createRandom(1);
    for (const [count, side, c] of [[32, 4, 16], [8, 7, 32], [2, 14, 17]]) {
      const passes = constantPasses([count!, side!, side!, c!], 16, 0);
      for (const values of [passes.x, passes.w, passes.dy]) {
        values.forEach((_, i) => values[i] = draw(random));
      }
      const tiles = Math.ceil(side! / 4) ** 2 * count!;
      const { y, dw } = await errors(passes);
      assert(y <= 564 * (c! + 32) * u, `forward: ${y / u} u`);
      assert(dw <= 803 * (tiles + 32) * u, `filter gradient: ${dw / u} u`);
      // What is seen is far from the worst.
      assert(y <= 128 * u, `forward: ${y / u} u`);
      assert(dw <= 128 * u, `filter gradient: ${dw / u} u`);
    }
  });
}

for (const outlier of [1e8, NaN, Infinity]) {
  Deno.test(`a pixel of ${outlier} changes its tiles alone, in Winograd's tiles`, async () => {
    const side = 7;
    const passes = constantPasses([9, side, side, 16], 16, 1);
    const plain = await byTiles(passes);
    // Of the fifth image: its windows reach into all four tiles.
    const pixel = 4 * side * side + 3 * side + 4;
    passes.x.fill(outlier, pixel * 16, (pixel + 1) * 16);
    const { y } = await byTiles(passes);
    const image = side * side * 16;
    const [start, end] = [4 * image, 5 * image];
    assertEquals(y.subarray(0, start), plain.y.subarray(0, start));
    assertEquals(y.subarray(end), plain.y.subarray(end));
    assert(y.subarray(start, end).every((value) => value !== 9));
  });
}
