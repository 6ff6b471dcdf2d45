/**
 * A small assembler: from functions in instructions to the bytes of a module.
 *
 * @module
 */
import {
  type Code,
  type FunctionIndex,
  i32,
  type Local,
  type PlacedAddress,
  type ValueType,
} from "./instructions.ts";
import {
  signedOfFixedLength,
  unsigned,
  unsignedOfFixedLength,
} from "./leb128.ts";

/** A function of a module: its name outside, its parameters and its code. */
export interface WasmFunction {
  name: string;
  parameters: number;
  locals: readonly ValueType[];
  body: Code;
}

const typeCodes = { i32: 0x7f, f32: 0x7d, v128: 0x7b } as const;

/**
 * Writes one function. All parameters are i32, as addresses and counts are;
 * `write` receives them and a way to declare further locals.
 */
export function defineFunction(
  name: string,
  parameters: number,
  write: (local: (type: ValueType) => Local, ...parameters: Local[]) => Code,
): WasmFunction {
  const locals: ValueType[] = [];
  const at = (index: number): Local => {
    const get = [0x20, ...unsigned(index)];
    const set = (value: Code): Code => [value, 0x21, ...unsigned(index)];
    const increase = (by: number | Code) =>
      set(i32.add(get, typeof by === "number" ? i32.const(by) : by));
    return { get, set, increase };
  };
  const local = (type: ValueType) => at(parameters + locals.push(type) - 1);
  const given = Array.from({ length: parameters }, (_, index) => at(index));
  const body = write(local, ...given);
  return { name, parameters, locals, body };
}

/** A module, and where in its bytes the addresses in its arena are. */
export interface Assembled {
  bytes: Uint8Array<ArrayBuffer>;
  /** Where the least size of its memory is. */
  pagesPosition: number;
  addresses: readonly { position: number; address: PlacedAddress }[];
}

/**
 * The bytes of a module whose arena begins at an address.
 *
 * @param pages The least size that its memory is known to have by now.
 */
export function placeModule(
  { bytes, pagesPosition, addresses }: Assembled,
  arena: number,
  pages: number,
): Uint8Array<ArrayBuffer> {
  const placed = bytes.slice();
  placed.set(unsignedOfFixedLength(pages), pagesPosition);
  for (const { position, address } of addresses) {
    const { fromArena, hasSign } = address;
    const encode = hasSign ? signedOfFixedLength : unsignedOfFixedLength;
    placed.set(encode(arena + fromArena), position);
  }
  return placed;
}

const typeSection = 1;
const importSection = 2;
const functionSection = 3;
const exportSection = 7;
const codeSection = 10;
const maximumPages = 65536;

/**
 * Assembles functions into a module that imports its memory as `env.memory`. Its
 * arena begins at 0 until it is placed elsewhere.
 *
 * @throws {RangeError} If a function calls one that is not among them.
 *
 * @param pages The least size the memory is known to have, in pages of 64 KiB.
 * Accesses at constant addresses below it need no bounds check.
 * @param isShared Whether it is one that threads share (default false).
 */
export function assembleModule(
  functions: readonly WasmFunction[],
  pages: number,
  isShared = false,
): Assembled {
  const vector = (items: Code[]): Code => [...unsigned(items.length), ...items];
  const text = (value: string): Code => {
    const bytes = [...new TextEncoder().encode(value)];
    return [...unsigned(bytes.length), ...bytes];
  };
  const { write, writeSized, position, end } = createWriter(
    new Map(functions.map(({ name }, index) => [name, index])),
  );
  const section = (id: number, content: Code) => {
    write([id]);
    writeSized(() => write(content));
  };
  write([0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
  section(
    typeSection,
    vector(functions.map(({ parameters }) => [
      0x60,
      vector(new Array(parameters).fill([typeCodes.i32])),
      0,
    ])),
  );
  let pagesPosition = 0;
  write([importSection]);
  writeSized(() => {
    write([1, text("env"), text("memory"), 2, isShared ? 3 : 1]);
    pagesPosition = position();
    write([...unsignedOfFixedLength(pages), ...unsigned(maximumPages)]);
  });
  section(
    functionSection,
    vector(functions.map((_, index) => unsigned(index))),
  );
  section(
    exportSection,
    vector(functions.map(({ name }, index) => [
      text(name),
      0,
      ...unsigned(index),
    ])),
  );
  write([codeSection]);
  writeSized(() => {
    write(unsigned(functions.length));
    for (const { locals, body } of functions) {
      const declared = vector(locals.map((type) => [1, typeCodes[type]]));
      writeSized(() => write([declared, body, 0x0b]));
    }
  });
  return { ...end(), pagesPosition };
}

/** Writes code as bytes. */
function createWriter(indices: ReadonlyMap<string, number>) {
  let bytes = new Uint8Array(1 << 16);
  let length = 0;
  const addresses: { position: number; address: PlacedAddress }[] = [];
  const put = (...values: number[]) => {
    if (length + values.length > bytes.length) {
      const longer = new Uint8Array(2 * bytes.length);
      longer.set(bytes);
      bytes = longer;
    }
    bytes.set(values, length);
    length += values.length;
  };
  const write = (code: Code): void => {
    for (const item of code) {
      if (typeof item === "number") put(item);
      else if ("name" in item) put(...unsigned(indexOf(item, indices)));
      else if ("fromArena" in item) {
        addresses.push({ position: length, address: item });
        put(...unsignedOfFixedLength(item.fromArena));
      } else write(item);
    }
  };
  /** Writes something after its length in bytes. */
  const writeSized = (content: () => void) => {
    const start = length;
    put(...unsignedOfFixedLength(0));
    const first = length;
    content();
    bytes.set(unsignedOfFixedLength(length - first), start);
  };
  return {
    write,
    writeSized,
    position: () => length,
    end: () => ({ bytes: bytes.slice(0, length), addresses }),
  };
}

function indexOf(
  { name }: FunctionIndex,
  indices: ReadonlyMap<string, number>,
): number {
  const index = indices.get(name);
  if (index === undefined) {
    throw new RangeError(
      `Cannot assemble a call: expected the module to have ${name}, got ${
        [
          ...indices.keys(),
        ].join(", ")
      }`,
    );
  }
  return index;
}
