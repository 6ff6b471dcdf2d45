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
  type ValueType,
} from "./instructions.ts";
import { unsigned } from "./leb128.ts";

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

/**
 * Assembles functions into the bytes of a module that imports its memory as
 * `env.memory`.
 *
 * @throws {RangeError} If a function calls one that is not among them.
 *
 * @param pages The least size the memory is known to have, in pages of 64 KiB.
 * Accesses at constant addresses below it need no bounds check.
 */
export function assembleModule(
  functions: readonly WasmFunction[],
  pages: number,
): Uint8Array<ArrayBuffer> {
  const vector = (items: Code[]): Code => [...unsigned(items.length), ...items];
  const text = (value: string): Code => {
    const bytes = [...new TextEncoder().encode(value)];
    return [...unsigned(bytes.length), ...bytes];
  };
  const indices = new Map(functions.map(({ name }, index) => [name, index]));
  const flatten = (code: Code) => flattenInto([], code, indices);
  const section = (id: number, content: Code): Code => {
    const bytes = flatten(content);
    return [id, ...unsigned(bytes.length), bytes];
  };
  const maximumPages = 65536;
  const bytes = flatten([
    [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    section(
      1,
      vector(functions.map(({ parameters }) => [
        0x60,
        vector(new Array(parameters).fill([typeCodes.i32])),
        0,
      ])),
    ),
    section(
      2,
      vector([[
        text("env"),
        text("memory"),
        2,
        1,
        ...unsigned(pages),
        ...unsigned(maximumPages),
      ]]),
    ),
    section(3, vector(functions.map((_, index) => unsigned(index)))),
    section(
      7,
      vector(functions.map(({ name }, index) => [
        text(name),
        0,
        ...unsigned(index),
      ])),
    ),
    section(
      10,
      vector(functions.map(({ locals, body }) => {
        const declared = vector(locals.map((type) => [1, typeCodes[type]]));
        const code = flatten([declared, body, 0x0b]);
        return [...unsigned(code.length), code];
      })),
    ),
  ]);
  return new Uint8Array(bytes);
}

function flattenInto(
  bytes: number[],
  code: Code,
  indices: ReadonlyMap<string, number>,
): number[] {
  for (const item of code) {
    if (typeof item === "number") bytes.push(item);
    else if ("name" in item) bytes.push(...unsigned(indexOf(item, indices)));
    else flattenInto(bytes, item, indices);
  }
  return bytes;
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
