/**
 * Moves an image by whole pixels so that its ink is in the middle: its center of mass
 * is at most half a pixel away from there. MNIST's digits were placed so, but around
 * (14, 14), half a pixel farther down and to the right. What leaves the image is lost.
 *
 * @param image `[height, width]`, row by row.
 * @returns A copy; one without ink is as it was.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const image = Uint8Array.of(9, 0, 0, 0, 0, 0, 0, 0, 0);
 * const moved = centerByMass(image, { height: 3, width: 3 });
 * assert.deepEqual([...moved], [0, 0, 0, 0, 9, 0, 0, 0, 0]);
 * ```
 */
export function centerByMass(
  image: Uint8Array,
  { height, width }: { height: number; width: number },
): Uint8Array {
  let [mass, rows, columns] = [0, 0, 0];
  image.forEach((ink, place) => {
    mass += ink;
    rows += ink * Math.floor(place / width);
    columns += ink * (place % width);
  });
  if (mass === 0) return image.slice();
  const down = Math.round((height - 1) / 2 - rows / mass);
  const right = Math.round((width - 1) / 2 - columns / mass);
  return image.map((_, place) => {
    const row = Math.floor(place / width) - down;
    const column = place % width - right;
    const isInside = row >= 0 && row < height && column >= 0 && column < width;
    return isInside ? image[row * width + column]! : 0;
  });
}
