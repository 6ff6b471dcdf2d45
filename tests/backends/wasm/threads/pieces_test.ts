import fc from "fast-check";
import {
  cutFairly,
  cutInto,
  fairly,
  type PieceCut,
  pieceOf,
} from "../../../../lib/backends/wasm/threads/pieces.ts";
import { assert, assertEquals } from "../../../assert.ts";
import { assertCovers } from "./pieces.ts";

const total = fc.nat(3000);
const step = fc.integer({ min: 1, max: 64 });
/** Sizes of pieces; callers also divide, so there are broken ones. */
const most = fc.oneof(
  fc.integer({ min: 1, max: 500 }),
  fc.double({ min: 1, max: 500, noNaN: true }),
);

/** Asserts that a cut's pieces are all things once, and as equal as it says. */
function assertCut(total: number, cut: PieceCut, step: number): void {
  const pieces = Array.from(
    { length: cut.pieces },
    (_, piece) => pieceOf(total, cut, piece),
  );
  assertCovers(pieces, total);
  assert(cut.size % step === 0, `${cut.size} is no multiple of ${step}`);
  for (const { count } of pieces.slice(0, -1)) assertEquals(count, cut.size);
}

Deno.test("cutInto() cuts things into pieces that hold each of them once", () => {
  fc.assert(fc.property(total, most, step, (total, most, step) => {
    assertCut(total, cutInto(total, most, step), step);
  }));
});

Deno.test("cutInto() makes pieces no larger than allowed, where steps let it", () => {
  fc.assert(fc.property(total, step, fc.integer({ min: 1, max: 40 }), (
    total,
    step,
    steps,
  ) => {
    const { size } = cutInto(total, steps * step, step);
    assert(size <= steps * step, `${size} of at most ${steps * step}`);
  }));
});

Deno.test("cutInto() leaves no last piece that is smaller than it has to be", () => {
  fc.assert(
    fc.property(total, fc.integer({ min: 1, max: 500 }), (total, most) => {
      const { size, pieces } = cutInto(total, most);
      // One thing less in each piece would take one more piece than the fewest.
      assert(total === 0 || (size - 1) * Math.ceil(total / most) < total);
      assert(pieces <= Math.ceil(total / most));
    }),
  );
});

Deno.test("fairly() gives one piece, or the next multiple of four", () => {
  for (let pieces = 0; pieces < 100; pieces += 0.25) {
    const fair = fairly(pieces);
    assertEquals(
      fair,
      [1, ...Array.from({ length: 30 }, (_, i) => 4 * (i + 1))].find((n) =>
        n >= pieces
      ),
    );
  }
});

Deno.test("cutFairly() cuts things into pieces that hold each of them once", () => {
  fc.assert(fc.property(total, most, step, (total, most, step) => {
    assertCut(total, cutFairly(total, most, step), step);
  }));
});

Deno.test("cutFairly() gives four threads equally many pieces, or all to one", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20_000 }), most, (total, most) => {
      const { pieces } = cutFairly(total, most);
      assert(total > most || pieces === 1, `${pieces} pieces`);
      // Few things cannot always be cut into as many equal pieces.
      const wanted = fairly(total / most);
      assert(pieces <= wanted, `${pieces} pieces, not ${wanted}`);
      fc.pre(total >= wanted ** 2);
      assertEquals(pieces, wanted);
    }),
    { numRuns: 1000 },
  );
});
