import fc from "fast-check";
import { tabulateRows } from "../../../../lib/backends/wasm/gemm/row_table.ts";
import { scratchSlot } from "../../../../lib/backends/wasm/linking/scratch.ts";
import { assertEquals } from "../../../assert.ts";
import { wasmHost } from "../runtime/working_memory.ts";
import { upTo } from "../windows/geometries.ts";

Deno.test("tabulateRows() has the address of each row of a matrix", async () => {
  const host = await wasmHost();
  const slot = scratchSlot("test rows");
  const side = fc.nat(300);
  fc.assert(fc.property(side, side, side, (address, rowBytes, count) => {
    const table = tabulateRows(host, slot, { address, rowBytes, count });
    const addresses = host.integers().subarray(table / 4, table / 4 + count);
    assertEquals(
      [...addresses],
      upTo(count).map((i) => address + i * rowBytes),
    );
  }));
});
