/** Between which two pixels a new one's center lies, and how far from the first. */
interface Between {
  first: number;
  second: number;
  /** 0 at the first one's center, 1 at the second's. */
  share: number;
}

/**
 * Enlarges gray images: each new pixel lies between the centers of old ones, and is
 * their mean by its distances to them (bilinear interpolation with half-pixel centers).
 * A picture keeps its size and its place; outside of the outer centers it stays as it
 * is there.
 *
 * @param images `[count, height, width]`.
 * @param shape The count, height and width of `images`.
 * @param size Height and width afterwards.
 * @returns `[count, size[0], size[1]]`, not rounded.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const image = Float32Array.of(0, 8);
 * assert.deepEqual([...enlarge(image, [1, 1, 2], [1, 4])], [0, 2, 6, 8]);
 * ```
 */
export function enlarge(
  images: Float32Array,
  [count, height, width]: readonly [number, number, number],
  size: readonly [number, number],
): Float32Array {
  const rows = between(height, size[0]);
  const columns = between(width, size[1]);
  const large = new Float32Array(count * size[0] * size[1]);
  let place = 0;
  for (let image = 0; image < count; image++) {
    const start = image * height * width;
    for (const row of rows) {
      const above = start + row.first * width;
      const below = start + row.second * width;
      for (const { first, second, share } of columns) {
        const along = (line: number) =>
          (1 - share) * images[line + first]! + share * images[line + second]!;
        large[place++] = (1 - row.share) * along(above) +
          row.share * along(below);
      }
    }
  }
  return large;
}

function between(from: number, to: number): Between[] {
  return Array.from({ length: to }, (_, place) => {
    const center = (place + 0.5) * from / to - 0.5;
    const at = Math.min(Math.max(center, 0), from - 1);
    const first = Math.floor(at);
    return { first, second: Math.min(first + 1, from - 1), share: at - first };
  });
}
