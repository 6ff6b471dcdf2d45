import { drawCircle } from "../../../../lib/plots/play/triplet/draw_circle.ts";
import { tripletLook } from "../../../../lib/plots/play/triplet/look.ts";
import { measureTriplet } from "../../../../lib/plots/play/triplet/measure.ts";
import { assert, assertEquals } from "../../../assert.ts";

const drawn = (degrees: number[], margin: number) =>
  drawCircle(
    measureTriplet(degrees.map((angle) => angle / 180 * Math.PI), margin),
    tripletLook,
  );

Deno.test("drawCircle() keeps the longest arrows inside of its 380 pixels", () => {
  for (let p = 0; p <= 180; p += 20) {
    for (let n = -180; n < 180; n += 20) {
      for (const a of [0, 90, 200]) {
        const svg = drawn([a, a + p, a + n], 2);
        for (const [, x, y] of svg.matchAll(/[ML]([\d.-]+),([\d.-]+)/g)) {
          assert(
            [x, y].every((place) => Number(place) >= 0 && Number(place) <= 380),
            `${x}, ${y} of ${[a, p, n]}`,
          );
        }
      }
    }
  }
});

Deno.test("drawCircle() draws each band without a seam, hard and easy in one piece", () => {
  const pieces = (svg: string, color: string) => svg.split(color).length - 1;
  const svg = drawn([90, 45, 139], 0.2);
  const { bands } = tripletLook;
  assertEquals(pieces(svg, bands.hard), 1);
  assertEquals(pieces(svg, bands["semi-hard"]), 2);
  assertEquals(pieces(svg, bands.easy), 1);
});
