import { fromWaves, toWaves } from "../../../lib/digits/quality/dct.ts";
import { createRandom } from "../../../lib/numeric/random.ts";
import { assert } from "../../assert.ts";

/** The definition: ITU-T T.81, annex A.3.3. */
function waveStrength(block: ArrayLike<number>, v: number, u: number): number {
  const scale = (k: number) => (k === 0 ? Math.SQRT1_2 : 1);
  let sum = 0;
  for (let y = 0; y < 8; y++) {
    for (let x = 0; x < 8; x++) {
      sum += block[8 * y + x]! * Math.cos((2 * x + 1) * u * Math.PI / 16) *
        Math.cos((2 * y + 1) * v * Math.PI / 16);
    }
  }
  return scale(u) * scale(v) * sum / 4;
}

function randomBlock(seed: number): Int32Array {
  const random = createRandom(seed);
  return Int32Array.from({ length: 64 }, () => random.integer(256) - 128);
}

Deno.test("toWaves() is the cosine transform, times 8 and rounded", () => {
  for (let seed = 1; seed < 20; seed++) {
    const block = randomBlock(seed);
    const waves = block.slice();
    toWaves(waves);
    for (let k = 0; k < 64; k++) {
      const exact = 8 * waveStrength(block, k >> 3, k & 7);
      assert(Math.abs(waves[k]! - exact) <= 2, `${waves[k]} for ${exact}`);
    }
  }
});

Deno.test("fromWaves() undoes toWaves() but for rounding", () => {
  for (let seed = 1; seed < 20; seed++) {
    const block = randomBlock(seed);
    const waves = block.slice();
    toWaves(waves);
    const strengths = waves.map((strength) => Math.round(strength / 8));
    fromWaves(strengths);
    for (let k = 0; k < 64; k++) {
      assert(Math.abs(strengths[k]! - block[k]!) <= 2);
    }
  }
});
