import type { WasmFunction } from "./code.ts";

/**
 * Declares a function with named operands.
 *
 * @param operands Their names, in the order of its parameters.
 * @param write Gets a local for each operand, and a way to declare more.
 *
 * @example Sets floats to 1
 * ```ts
 * import assert from "node:assert/strict";
 * import { linkFunctions } from "../linking/linker.ts";
 * import { repeat } from "./control.ts";
 * import { f32 } from "./floats.ts";
 *
 * const setToOne = wasmFunction("setToOne", ["at", "count"], ({ at, count }) =>
 *   repeat(count, [f32.store(at.get, f32.constant(1)), at.increase(4)]));
 * const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 });
 * const run = linkFunctions(memory);
 * run(setToOne, { at: 4, count: 2 });
 * const floats = new Float32Array(memory.buffer, 0, 4);
 * assert.deepEqual([...floats], [0, 1, 1, 0]);
 * ```
 */
export function wasmFunction<Operand extends string>(
  name: string,
  operands: readonly Operand[],
  write: WasmFunction<Operand>["write"],
): WasmFunction<Operand> {
  return { name, operands, write };
}
