import fc from "fast-check";
import { tabulate } from "../../../../lib/backends/wasm/gemm/row_table.ts";
import { scratchSlot } from "../../../../lib/backends/wasm/linking/scratch.ts";
import {
  cutByValues,
  runByRows,
  unitsOf,
} from "../../../../lib/backends/wasm/runtime/row_pieces.ts";
import { runAlone } from "../../../../lib/backends/wasm/threads/task.ts";
import { assert, assertEquals } from "../../../assert.ts";
import { assertCovers } from "../threads/pieces.ts";
import { wasmHost } from "./working_memory.ts";

/** What a piece has at the most, about. */
const pieceValues = 1 << 18;

Deno.test("cutByValues() holds each unit once, in multiples of a step", () => {
  const units = fc.nat(5000);
  const values = fc.oneof(fc.nat(500), fc.nat(1 << 20));
  const step = fc.integer({ min: 1, max: 20 });
  fc.assert(fc.property(units, values, step, (units, values, step) => {
    const cut = cutByValues(units, values, step);
    const pieces = Array.from(
      { length: cut.pieces },
      (_, i) => unitsOf(cut, i),
    );
    assertCovers(pieces, units);
    for (const { first } of pieces) assertEquals(first % step, 0);
  }));
});

Deno.test("cutByValues() leaves little work in one piece, and cuts much into fours", () => {
  const units = fc.integer({ min: 1, max: 5000 });
  fc.assert(fc.property(units, fc.nat(1 << 14), (units, values) => {
    const { pieces, size } = cutByValues(units, values);
    if (units * values <= pieceValues / 2) assertEquals(pieces, 1);
    if (units * values > pieceValues && values > 0) {
      assert(pieces > 1, `one piece of ${units * values} values`);
      assert(size === 1 || size * values <= pieceValues, `${size} units`);
    }
  }));
});

Deno.test("runByRows() runs a function for each row once, from where its addresses are then", async () => {
  const shared = await wasmHost();
  // Other threads know no such task.
  const host = { ...shared, parallel: runAlone(shared) };
  const slot = scratchSlot("test rows");
  fc.assert(fc.property(fc.nat(3000), fc.nat(5000), (units, values) => {
    const table = host.scratch(slot, 4 * units);
    const written = () =>
      host.integers().subarray(table / 4, table / 4 + units);
    written().fill(-1);
    const operands = {
      table: { at: table, step: 4 },
      first: { at: 7, step: 3 },
      step: 3,
      count: "rows",
    } as const;
    runByRows(host, tabulate, operands, cutByValues(units, values));
    const expected = Array.from({ length: units }, (_, i) => 7 + 3 * i);
    assertEquals([...written()], expected);
  }));
});
