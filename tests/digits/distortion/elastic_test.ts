import fc from "fast-check";
import { addElasticMovement } from "../../../lib/digits/distortion/elastic.ts";
import { createRandom, type Random } from "../../../lib/numeric/random.ts";
import { assert, assertEquals } from "../../assert.ts";

/** The movement of each pixel alone. */
function movement(
  size: { height: number; width: number },
  options: { deviation: number; random: Random },
) {
  const pixels = size.height * size.width;
  const rows = new Float32Array(pixels);
  const columns = new Float32Array(pixels);
  addElasticMovement({ rows, columns }, size, options);
  return { rows, columns };
}

/** A cubic B-spline around 0 with knots 1 apart, as its textbooks have it. */
function spline(distance: number): number {
  const t = Math.abs(distance);
  if (t < 1) return 2 / 3 - t ** 2 + t ** 3 / 2;
  return t < 2 ? (2 - t) ** 3 / 6 : 0;
}

Deno.test("addElasticMovement() is a surface of B-splines over knots 7 pixels apart", () => {
  const sides = fc.integer({ min: 1, max: 30 });
  fc.assert(
    fc.property(sides, sides, fc.nat(), (height, width, seed) => {
      const moved = movement({ height, width }, {
        deviation: 151 / 315,
        random: createRandom(seed),
      });
      const random = createRandom(seed);
      for (const values of [moved.rows, moved.columns]) {
        const down = Math.ceil(height / 7) + 3;
        const across = Math.ceil(width / 7) + 3;
        const knots = Array.from(
          { length: down },
          () => Array.from({ length: across }, () => random.normal()),
        );
        values.forEach((value, i) => {
          const [row, column] = [Math.floor(i / width), i % width];
          let expected = 0;
          knots.forEach((line, y) =>
            line.forEach((knot, x) =>
              // The first knots stand before the image.
              expected += knot * spline(row / 7 - y + 1) *
                spline(column / 7 - x + 1)
            )
          );
          assert(Math.abs(value - expected) < 1e-5);
        });
      }
    }),
    { numRuns: 20 },
  );
});

Deno.test("addElasticMovement() has the deviation that was asked for", () => {
  const random = createRandom(2);
  let [sum, squares, count] = [0, 0, 0];
  for (let i = 0; i < 400; i++) {
    const { rows, columns } = movement({ height: 28, width: 28 }, {
      deviation: 1.5,
      random,
    });
    for (const value of [...rows, ...columns]) {
      sum += value;
      squares += value ** 2;
      count++;
    }
  }
  assert(Math.abs(sum / count) < 0.05);
  assert(Math.abs(Math.sqrt(squares / count) / 1.5 - 1) < 0.03);
});

Deno.test("addElasticMovement() adds to the positions", () => {
  const size = { height: 3, width: 4 };
  const options = () => ({ deviation: 1, random: createRandom(3) });
  const alone = movement(size, options());
  const rows = new Float32Array(12).fill(100);
  const columns = new Float32Array(12);
  addElasticMovement({ rows, columns }, size, options());
  assertEquals(columns, alone.columns);
  rows.forEach((row, i) => assert(Math.abs(row - 100 - alone.rows[i]!) < 1e-4));
});
