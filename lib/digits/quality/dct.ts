/**
 * 8,192 · √8 times the cosine transform of eight values, in whole numbers: row k
 * is the wave that goes up and down k/2 times. These are the numbers of
 * libjpeg's accurate transform ("islow"): it multiplies by sums of constants
 * that are rounded to 13 bits each, which is why some differ by 1 from the
 * rounded cosine.
 *
 * Source: C. Loeffler, A. Ligtenberg and G. Moschytz, "Practical fast 1-D DCT
 * algorithms with 11 multiplications" (1989), as in libjpeg's jfdctint.c.
 */
const waves = [
  [8192, 8192, 8192, 8192, 8192, 8192, 8192, 8192],
  [11363, 9633, 6437, 2260, -2260, -6437, -9633, -11363],
  [10703, 4433, -4433, -10703, -10703, -4433, 4433, 10703],
  [9633, -2259, -11362, -6436, 6436, 11362, 2259, -9633],
  [8192, -8192, -8192, 8192, 8192, -8192, -8192, 8192],
  [6437, -11362, 2261, 9633, -9633, -2261, 11362, -6437],
  [4433, -10704, 10704, -4433, -4433, 10704, -10704, 4433],
  [2260, -6436, 9633, -11363, 11363, -9633, 6436, -2260],
].flat();

/** From one value of a row or of a column to the next. */
const [alongRow, alongColumn] = [1, 8] as const;

/** Rows and columns swapped: the way back. */
const wavesBack = waves.map((_, i) => waves[(i & 7) * 8 + (i >> 3)]!);

/**
 * Changes a block of 8×8 values into the strengths of its 64 waves, times 8: the
 * cosine transform that JPEG is built on, in whole numbers as libjpeg computes it.
 *
 * @param block `[8, 8]`, −128 to 127; it is replaced.
 *
 * @example An even block has one wave, the one that does not change
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const block = new Int32Array(64).fill(10);
 * toWaves(block);
 * assert.equal(block[0], 8 * 80); // ten times 8, times 8
 * assert.ok(block.slice(1).every((strength) => strength === 0));
 * ```
 */
export function toWaves(block: Int32Array): void {
  transform(block, waves, alongRow, 11); // two bits stay for the second step
  transform(block, waves, alongColumn, 15);
}

/**
 * Changes the strengths of 64 waves back into 8×8 values, in whole numbers as
 * libjpeg computes it. The strengths are those of {@linkcode toWaves} divided
 * by 8.
 *
 * @param block `[8, 8]`; it is replaced.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const block = new Int32Array(64);
 * block[0] = 80;
 * fromWaves(block);
 * assert.ok(block.every((value) => value === 10));
 * ```
 */
export function fromWaves(block: Int32Array): void {
  transform(block, wavesBack, alongColumn, 11);
  transform(block, wavesBack, alongRow, 18);
}

/**
 * Multiplies each row or column of a block by a matrix and divides by a power of
 * two, rounding halves up.
 *
 * @param bits 2 to this power is what is divided by.
 */
function transform(
  block: Int32Array,
  matrix: readonly number[],
  step: typeof alongRow | typeof alongColumn,
  bits: number,
): void {
  const values = new Int32Array(8);
  const half = 2 ** (bits - 1);
  const toNextLine = step === alongRow ? alongColumn : alongRow;
  for (let line = 0; line < 8; line++) {
    const start = line * toNextLine;
    for (let i = 0; i < 8; i++) values[i] = block[start + i * step]!;
    for (let k = 0; k < 8; k++) {
      let sum = half;
      for (let i = 0; i < 8; i++) sum += matrix[8 * k + i]! * values[i]!;
      block[start + k * step] = sum >> bits;
    }
  }
}
