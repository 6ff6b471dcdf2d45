import type { GrayPicture } from "./gray_picture.ts";

/** A place in a picture, in pixels. */
type Place = readonly [right: number, down: number];

/**
 * Draws lines with a round pen. A pixel at the pen's edge is gray: its value goes
 * from 255 to 0 where its distance to the line passes the pen's radius, within half
 * a pixel on either side.
 *
 * @param paths In pixels; `[0.5, 0.5]` is the center of the first one.
 * @param options The picture's `size`, its height and width, and the pen's
 * diameter, in pixels.
 *
 * @example A dot
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const { pixels } = drawPaths([[[1.5, 1.5]]], { size: 3, pen: 2 });
 * assert.deepEqual([...pixels], [22, 128, 22, 128, 255, 128, 22, 128, 22]);
 * ```
 */
export function drawPaths(
  paths: readonly (readonly Place[])[],
  { size, pen }: { size: number; pen: number },
): GrayPicture {
  const pixels = new Uint8Array(size * size);
  const reach = pen / 2 + 0.5;
  // Only pixels that the pen reaches; each is as bright as the nearest line says.
  const first = (a: number, b: number) =>
    Math.max(0, Math.floor(Math.min(a, b) - reach));
  const last = (a: number, b: number) =>
    Math.min(size - 1, Math.floor(Math.max(a, b) + reach));
  for (const path of paths) {
    path.forEach((from, i) => {
      // A path of one point is a dot.
      const to = path[i + 1] ?? from;
      const [left, right] = [first(from[0], to[0]), last(from[0], to[0])];
      const bottom = last(from[1], to[1]);
      for (let row = first(from[1], to[1]); row <= bottom; row++) {
        for (let column = left; column <= right; column++) {
          const distance = toSegment(column + 0.5, row + 0.5, from, to);
          const ink = Math.min(Math.max(reach - distance, 0), 1);
          const place = row * size + column;
          pixels[place] = Math.max(pixels[place]!, Math.round(255 * ink));
        }
      }
    });
  }
  return { pixels, height: size, width: size };
}

/** The distance of a place to the line from one point to another. */
function toSegment(
  x: number,
  y: number,
  [ax, ay]: Place,
  [bx, by]: Place,
): number {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : ((x - ax) * dx + (y - ay) * dy) / length;
  const t = Math.min(Math.max(along, 0), 1);
  return Math.hypot(x - ax - t * dx, y - ay - t * dy);
}
