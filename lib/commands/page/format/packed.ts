import { joinBytes } from "../../../files/join_bytes.ts";
import { refuseFile } from "../../../numeric/refuse.ts";

/** What a page holds values in. */
export type PackedType = "uint8" | "int8" | "float16" | "float32";

/** How many bytes a value takes. */
const sizes = { uint8: 1, int8: 1, float16: 2, float32: 4 } as const;

/** What is said of a tensor in a page. */
export interface PackedEntry {
  name: string;
  type: PackedType;
  shape: readonly number[];
}

/** A tensor as a page holds it. */
export interface PackedTensor extends PackedEntry {
  /** Its values, row-major and little-endian. */
  bytes: Uint8Array;
}

/**
 * Puts the bytes of tensors one after the other.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const tensor = { name: "a", type: "uint8", shape: [2], bytes: Uint8Array.of(7, 8) } as const;
 * const { entries, bytes } = pack([tensor, { ...tensor, name: "b" }]);
 * assert.deepEqual([...bytes], [7, 8, 7, 8]);
 * assert.deepEqual(unpack(entries, bytes).get("a"), tensor);
 * ```
 */
export function pack(
  tensors: readonly PackedTensor[],
): { entries: PackedEntry[]; bytes: Uint8Array<ArrayBuffer> } {
  const entries = tensors.map(({ name, type, shape }) => ({
    name,
    type,
    shape: [...shape],
  }));
  return { entries, bytes: joinBytes(tensors.map(({ bytes }) => bytes)) };
}

/**
 * Finds the tensors again; their bytes are views.
 *
 * @throws {SyntaxError} If there are more or fewer bytes than the tensors take.
 */
export function unpack(
  entries: readonly PackedEntry[],
  bytes: Uint8Array,
): Map<string, PackedTensor> {
  let at = 0;
  const tensors = entries.map((entry) => {
    const values = entry.shape.reduce((product, side) => product * side, 1);
    const start = at;
    at += values * sizes[entry.type];
    return [
      entry.name,
      { ...entry, bytes: bytes.subarray(start, at) },
    ] as const;
  });
  if (at !== bytes.length) {
    refuseFile("read the page's data", `${at} bytes`, `${bytes.length}`);
  }
  return new Map(tensors);
}
