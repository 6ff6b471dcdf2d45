import { isIn } from "../numeric/domain.ts";
import { refuse, shown } from "../numeric/refuse.ts";

const action = "write safetensors";

/**
 * Makes sure that tensors and metadata can be stored as a safetensors file that
 * reads back as what they are.
 *
 * @throws {RangeError} With the first name, shape, values or text that cannot.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const w = { shape: [3], data: Float32Array.of(1, 2) };
 * assert.throws(() => checkStorable({ w }, {}), {
 *   message:
 *     'Cannot write safetensors: expected 3 values for "w" of shape [3], got 2',
 * });
 * ```
 */
export function checkStorable(tensors: unknown, metadata: unknown): void {
  for (const [name, tensor] of entriesOf("tensors", tensors)) {
    checkText("a tensor's name", name);
    if (name === "__metadata__") {
      refuse(
        action,
        "tensors with names of their own",
        `${shown(name)}, which is the metadata's`,
      );
    }
    const { shape, data } = Object(tensor);
    if (!(data instanceof Float32Array)) {
      const got = ArrayBuffer.isView(data)
        ? `${data.constructor.name} ${shown(data)}`
        : shown(data);
      refuse(action, `the data of ${shown(name)} as a Float32Array`, got);
    }
    checkShape(name, shape, data.length);
  }
  for (const [name, text] of entriesOf("metadata", metadata)) {
    checkText("a name in the metadata", name);
    checkText(`the metadata ${shown(name)}`, text);
  }
}

function checkShape(name: string, shape: unknown, count: number): void {
  // A copy has no holes, which `every` would skip.
  const isShape = Array.isArray(shape) &&
    [...shape].every((side) => isIn({ type: "integer", min: 0 }, side));
  if (!isShape) {
    const expected = `whole numbers of 0 or more as the shape of`;
    refuse(action, `${expected} ${shown(name)}`, shown(shape));
  }
  const expected = shape.reduce((product, side) => product * side, 1);
  if (expected !== count) {
    refuse(
      action,
      `${expected} values for ${shown(name)} of shape ${shown(shape)}`,
      `${count}`,
    );
  }
}

/** What iterates, such as a Map, has entries that `Object.entries` misses. */
function entriesOf(what: string, record: unknown): [string, unknown][] {
  if (typeof record !== "object" || !record || Symbol.iterator in record) {
    refuse(action, `${what} as an object`, shown(record));
  }
  return Object.entries(record);
}

/** UTF-8 has no half of a surrogate pair. */
function checkText(what: string, text: unknown): void {
  if (typeof text === "string" && text.isWellFormed()) return;
  refuse(action, `${what} to be text of whole characters`, shown(text));
}
