import fc from "fast-check";
import { drawPaths } from "../../../lib/digits/drawing/draw_paths.ts";
import { assert } from "../../assert.ts";

const points = fc.array(
  fc.tuple(
    fc.double({ min: -4, max: 20, noNaN: true }),
    fc.double({ min: -4, max: 20, noNaN: true }),
  ),
  { minLength: 1, maxLength: 5 },
);

Deno.test("drawPaths() makes each pixel as dark as its distance to the lines says", () => {
  fc.assert(
    fc.property(
      fc.array(points, { maxLength: 3 }),
      fc.double({ min: 0.5, max: 6, noNaN: true }),
      (paths, pen) => {
        const { pixels } = drawPaths(paths, { size: 16, pen });
        // Many dots along each line, and the nearest of them.
        const dots = paths.flatMap((path) =>
          path.flatMap(([x, y], i) => {
            const [toX, toY] = path[i + 1] ?? [x, y];
            return Array.from({ length: 401 }, (_, k) => {
              const t = k / 400;
              return [x + t * (toX - x), y + t * (toY - y)] as const;
            });
          })
        );
        pixels.forEach((value, i) => {
          const [x, y] = [i % 16 + 0.5, Math.floor(i / 16) + 0.5];
          const nearest = dots.reduce(
            (least, [dx, dy]) => Math.min(least, Math.hypot(dx - x, dy - y)),
            Infinity,
          );
          const ink = Math.min(Math.max(pen / 2 + 0.5 - nearest, 0), 1);
          assert(Math.abs(value - 255 * ink) < 10, `${value} ${255 * ink}`);
        });
      },
    ),
    { numRuns: 30 },
  );
});
