import { assemble } from "../asm/assembler.ts";
import type { Target, WasmFunction } from "../asm/code.ts";

/** Runs a function, given its operands by their names. */
export type RunFunction = <Operand extends string>(
  code: WasmFunction<Operand>,
  operands: Readonly<Record<NoInfer<Operand>, number>>,
) => void;

/** A function of a module. */
type Linked = (...operands: number[]) => void;

type Caller = (operands: Readonly<Record<string, number>>) => void;

interface Entry {
  linked: Linked;
  run: Caller;
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
    const linked = exports.run as Linked;
    return { linked, run: callerOf(code, linked) };
  };
  return (code, operands) => entryOf(code).run(operands);
}

/**
 * Calls a function with its operands in their order. Code of its own for each lets the
 * JavaScript engine learn where the operands lie: a training step makes some fifty
 * thousand calls, and one loop for all of them made it 4 % slower. Where code may not
 * be made of text, as on some pages, the loop serves.
 */
function callerOf({ operands: names }: WasmFunction, linked: Linked): Caller {
  const values = names.map((name) => `operands[${JSON.stringify(name)}]`);
  try {
    const make = new Function(
      "linked",
      `return (operands) => linked(${values})`,
    );
    return make(linked);
  } catch {
    return (operands) => linked(...names.map((name) => operands[name]!));
  }
}
