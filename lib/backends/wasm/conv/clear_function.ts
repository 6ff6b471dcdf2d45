import { clearBytes } from "../asm/blocks.ts";
import { repeat } from "../asm/control.ts";
import { i32 } from "../asm/integers.ts";
import { wasmFunction } from "../asm/wasm_function.ts";

/** Writes zeros to each of the table's addresses. */
export const clearRows = wasmFunction(
  "clearRows",
  ["table", "bytes", "rows"],
  ({ table, bytes, rows }) =>
    repeat(rows, [
      clearBytes(i32.load(table.get), bytes.get),
      table.increase(4),
    ]),
);
