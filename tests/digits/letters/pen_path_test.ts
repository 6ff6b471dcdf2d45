import fc from "fast-check";
import { penPath } from "../../../lib/digits/letters/pen_path.ts";
import { assert, assertEquals } from "../../assert.ts";

const points = fc.array(
  fc.tuple(
    fc.double({ min: -4, max: 20, noNaN: true }),
    fc.double({ min: -4, max: 20, noNaN: true }),
  ),
  { minLength: 1, maxLength: 5 },
);

Deno.test("penPath() passes every point of a curve, and stays on a straight line", () => {
  fc.assert(fc.property(points, (given) => {
    const path = penPath({ points: given, curved: true });
    // As a sum, −0 is 0.
    const plain = (point: readonly number[]) => point.map((value) => value + 0);
    given.forEach((point, i) =>
      assertEquals(plain(path[8 * i]!), plain(point))
    );
    const [x, y] = given[0]!;
    const row = given.map((_, i) => [x + i, y - i] as const);
    for (const [a, b] of penPath({ points: row, curved: true })) {
      assert(Math.abs(a + b - x - y) < 1e-9);
    }
  }));
});
