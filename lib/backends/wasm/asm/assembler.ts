/**
 * A small assembler: from a function in instructions to the bytes of a module.
 *
 * @module
 */
import type { Code, Local, Target, ValueType, WasmFunction } from "./code.ts";
import { i32 } from "./integers.ts";
import { unsigned } from "./leb128.ts";
import { isShared, pageBytes } from "./memory.ts";

/** The module of one function. */
export interface Assembled {
  bytes: Uint8Array<ArrayBuffer>;
  /** The functions that it imports, as `functions.0`, `functions.1`, … */
  callees: readonly WasmFunction[];
}

type Bytes = readonly number[];

const typeCodes = { i32: 0x7f, f32: 0x7d, v128: 0x7b } as const;
const functionType = 0x60;
const kinds = { function: 0, memory: 2 } as const;
const limits = { unshared: 1, shared: 3 } as const;
const maximumPages = 65536;
const endOfBody = 0x0b;

/**
 * Assembles a function into a module that exports it as `run`. It imports its memory
 * as `env.memory`, and the functions that it calls.
 *
 * @param memory Is known to have at least its present size: accesses at constant
 * addresses below it need no bounds check.
 */
export function assemble(
  { operands, write }: WasmFunction,
  target: Target,
  memory: WebAssembly.Memory,
): Assembled {
  const locals: ValueType[] = [];
  const body = write(
    Object.fromEntries(operands.map((name, i) => [name, localAt(i)])),
    (type) => localAt(operands.length + locals.push(type) - 1),
    target,
  );
  const { bytes: code, callees } = flatten(body);
  const signature = (operands: readonly string[]) => [
    functionType,
    ...vector(operands.map(() => [typeCodes.i32])),
    0,
  ];
  const importedMemory = [
    ...[...text("env"), ...text("memory"), kinds.memory],
    isShared(memory) ? limits.shared : limits.unshared,
    ...unsigned(memory.buffer.byteLength / pageBytes),
    ...unsigned(maximumPages),
  ];
  const imported = callees.map((_, i) => [
    ...[...text("functions"), ...text(`${i}`), kinds.function],
    ...unsigned(i),
  ]);
  const own = unsigned(callees.length);
  const declared = vector(locals.map((type) => [1, typeCodes[type]]));
  const bytes = [
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [...callees, { operands }].map((f) => signature(f.operands))),
    ...section(2, [importedMemory, ...imported]),
    ...section(3, [own]),
    ...section(7, [[...text("run"), kinds.function, ...own]]),
    ...section(10, [sized([...declared, ...code, endOfBody])]),
  ];
  return { bytes: new Uint8Array(bytes), callees };
}

/** The local with an index; operands come first. */
function localAt(index: number): Local {
  const get = [0x20, ...unsigned(index)];
  const set = (value: Code): Code => [value, 0x21, ...unsigned(index)];
  const increase = (by: number | Code) =>
    set(i32.add(get, typeof by === "number" ? i32.const(by) : by));
  return { get, set, increase };
}

/** The bytes of code, with the functions that it calls in the order of their indices. */
function flatten(code: Code) {
  const bytes: number[] = [];
  const callees: WasmFunction[] = [];
  const visit = (code: Code): void => {
    for (const item of code) {
      if (typeof item === "number") bytes.push(item);
      else if ("callee" in item) {
        const known = callees.indexOf(item.callee);
        const index = known < 0 ? callees.push(item.callee) - 1 : known;
        bytes.push(...unsigned(index));
      } else visit(item);
    }
  };
  visit(code);
  return { bytes, callees };
}

const sized = (bytes: Bytes): Bytes => [...unsigned(bytes.length), ...bytes];
const vector = (items: readonly Bytes[]): Bytes => [
  ...unsigned(items.length),
  ...items.flat(),
];
const text = (value: string) => sized([...new TextEncoder().encode(value)]);
const section = (id: number, items: readonly Bytes[]): Bytes => [
  id,
  ...sized(vector(items)),
];
