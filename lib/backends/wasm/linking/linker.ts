import { assemble } from "../asm/assembler.ts";
import type { Target, WasmFunction } from "../asm/code.ts";

/** Runs a function, given its operands by their names. */
export type RunFunction = <Operand extends string>(
  code: WasmFunction<Operand>,
  operands: Readonly<Record<NoInfer<Operand>, number>>,
) => void;

/** A function of a module. */
type Linked = (...operands: number[]) => void;

interface Entry {
  linked: Linked;
  run(operands: Readonly<Record<string, number>>): void;
}

/** For functions that use no memory at addresses of their own. */
const anywhere: Target = {
  vectorRegisters: 16,
  addressOf({ name }) {
    throw new RangeError(
      `Cannot link a function: expected it to use no fixed memory, got ${name}`,
    );
  },
};

/**
 * Makes what runs functions in a memory. Each is linked at its first use, as a module
 * of its own that imports those that it calls: so a thread has each of them once, and
 * none that it does not use.
 *
 * @param target What they are written for.
 */
export function linkFunctions(
  memory: WebAssembly.Memory,
  target = anywhere,
): RunFunction {
  const entries = new Map<WasmFunction, Entry>();
  const entryOf = (code: WasmFunction): Entry => {
    let entry = entries.get(code);
    if (!entry) entries.set(code, entry = link(code));
    return entry;
  };
  const link = (code: WasmFunction): Entry => {
    const { bytes, callees } = assemble(code, target, memory);
    const functions = Object.fromEntries(
      callees.map((callee, i) => [i, entryOf(callee).linked]),
    );
    const { exports } = new WebAssembly.Instance(
      new WebAssembly.Module(bytes),
      { env: { memory }, functions },
    );
    return createEntry(code, exports.run as Linked);
  };
  return (code, operands) => entryOf(code).run(operands);
}

/** The values go through one list, as a step calls functions some ten thousand times. */
function createEntry({ operands: names }: WasmFunction, linked: Linked): Entry {
  const values = names.map(() => 0);
  return {
    linked,
    run(operands) {
      for (let i = 0; i < values.length; i++) values[i] = operands[names[i]!]!;
      linked(...values);
    },
  };
}
