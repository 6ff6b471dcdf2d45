import fc from "fast-check";
import {
  type Affine,
  setAffinePositions,
} from "../../../lib/digits/distortion/affine.ts";
import { assert, assertEquals } from "../../assert.ts";

const none: Affine = {
  rotation: 0,
  shear: 0,
  scale: { down: 1, right: 1 },
  shift: { down: 0, right: 0 },
};
const sizes = fc.record({
  height: fc.integer({ min: 1, max: 9 }),
  width: fc.integer({ min: 1, max: 9 }),
});
const between = (min: number, max: number) =>
  fc.double({ min, max, noNaN: true });
const pairs = (min: number, max: number) =>
  fc.record({ down: between(min, max), right: between(min, max) });
const affines: fc.Arbitrary<Affine> = fc.record({
  rotation: between(-Math.PI, Math.PI),
  shear: between(-1, 1),
  scale: pairs(0.5, 2),
  shift: pairs(-5, 5),
});

function positionsOf(
  size: { height: number; width: number },
  affine: Affine,
): [row: number, column: number][] {
  const pixels = size.height * size.width;
  const rows = new Float32Array(pixels);
  const columns = new Float32Array(pixels);
  setAffinePositions({ rows, columns }, size, affine);
  return Array.from(rows, (row, i) => [row, columns[i]!]);
}

Deno.test("setAffinePositions() leaves every pixel in place without a movement", () => {
  fc.assert(fc.property(sizes, (size) => {
    positionsOf(size, none).forEach((position, i) =>
      assertEquals(position, [Math.floor(i / size.width), i % size.width])
    );
  }));
});

Deno.test("setAffinePositions() undoes scale, shear, rotation and shift, in this order", () => {
  fc.assert(fc.property(sizes, affines, (size, affine) => {
    const { rotation, shear, scale, shift } = affine;
    const middle = [(size.height - 1) / 2, (size.width - 1) / 2] as const;
    positionsOf(size, affine).forEach(([row, column], i) => {
      // Forward again, one movement after the other.
      let down = (row - middle[0]) * scale.down;
      let right = (column - middle[1]) * scale.right;
      right += shear * down;
      [down, right] = [
        down * Math.cos(rotation) + right * Math.sin(rotation),
        right * Math.cos(rotation) - down * Math.sin(rotation),
      ];
      const back = [
        down + middle[0] + shift.down,
        right + middle[1] + shift.right,
      ];
      const pixel = [Math.floor(i / size.width), i % size.width];
      back.forEach((at, axis) => assert(Math.abs(at - pixel[axis]!) < 1e-4));
    });
  }));
});

Deno.test("setAffinePositions() turns clockwise, and slants the lower part to the right", () => {
  const size = { height: 3, width: 3 };
  const quarter = positionsOf(size, { ...none, rotation: Math.PI / 2 });
  // The new top right comes from the old top left.
  quarter[2]!.forEach((at) => assert(Math.abs(at) < 1e-6));
  const slanted = positionsOf(size, { ...none, shear: 1 });
  assertEquals(slanted[8], [2, 1]);
  assertEquals(slanted[0], [0, 1]);
});
