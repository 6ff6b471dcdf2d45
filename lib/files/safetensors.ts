import { optionsOf } from "../numeric/options.ts";
import { checkValue } from "../numeric/domain.ts";
import { refuse, shown } from "../numeric/refuse.ts";
import { checkStorable } from "./check_storable.ts";
import { fromBytes, type Precision, precisions, toBytes } from "./precision.ts";
import {
  lengthBytes,
  longestHeader,
  readLayout,
} from "./safetensors_header.ts";
import { dtypes } from "./safetensors_place.ts";

/** One tensor of a safetensors file. */
export interface StoredTensor {
  shape: number[];
  /** The values, row-major. */
  data: Float32Array;
}

/** What a safetensors file holds. */
export interface Safetensors {
  tensors: Record<string, StoredTensor>;
  /** Free text by name. */
  metadata: Record<string, string>;
}

/**
 * Writes tensors in the safetensors format: the length of the header as 8
 * bytes, the header as JSON, the values little-endian without a gap. Python's
 * safetensors library reads whatever this writes.
 *
 * NaN and infinity are stored as they are. Other values than a Float32Array's
 * are refused: the file would say float32.
 *
 * @param precision "float16" halves the file and rounds the values, as
 * {@linkcode toBytes} does.
 * @throws {RangeError} If a shape is not that of its values, a value is too
 * large for the precision, or a name or the metadata is not text that the
 * format can hold: a tensor cannot be called `__metadata__`.
 *
 * Source: the format's description in huggingface/safetensors.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const tensors = { w: { shape: [2], data: Float32Array.of(1, 2) } };
 * const bytes = encodeSafetensors({ tensors, metadata: { made: "here" } });
 * assert.deepEqual(decodeSafetensors(bytes).tensors, tensors);
 * ```
 */
export function encodeSafetensors(
  file: Safetensors,
  precision: Precision = "float32",
): Uint8Array<ArrayBuffer> {
  const action = "write safetensors";
  const { tensors, metadata } = optionsOf(action, file);
  const domain = { type: "choice", of: precisions } as const;
  checkValue(action, "precision", precision, domain);
  checkStorable(tensors, metadata);
  const parts: Uint8Array[] = [];
  let end = 0;
  const entries = Object.entries(tensors).map(([name, { shape, data }]) => {
    const values = toBytes(data, precision, name);
    const start = end;
    end += values.length;
    parts.push(values);
    const offsets = [start, end];
    return [name, { dtype: dtypes[precision], shape, data_offsets: offsets }];
  });
  // Not assigned one by one, since a name may be "__proto__".
  const header = Object.fromEntries([["__metadata__", metadata], ...entries]);
  const text = new TextEncoder().encode(JSON.stringify(header));
  const headerLength = Math.ceil(text.length / lengthBytes) * lengthBytes;
  if (headerLength > longestHeader) {
    refuse(
      action,
      `names and metadata of at most ${longestHeader} bytes`,
      `${headerLength}`,
    );
  }
  const bytes = new Uint8Array(lengthBytes + headerLength + end).fill(0x20);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerLength), true);
  bytes.set(text, lengthBytes);
  let at = lengthBytes + headerLength;
  for (const values of parts) {
    bytes.set(values, at);
    at += values.length;
  }
  return bytes;
}

/**
 * Reads a safetensors file of float32, float16 or bfloat16 tensors; all become
 * float32, which loses nothing. Values of other types are refused: float32
 * holds no more than the first 2²⁴ whole numbers exactly.
 *
 * @param name What messages call the file.
 * @throws {SyntaxError} If the file is cut off or damaged, or has values of
 * another type; what Python's safetensors library refuses is refused.
 * @throws {RangeError} If the bytes are no Uint8Array.
 *
 * @example A file that was cut off
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const tensors = { w: { shape: [2], data: Float32Array.of(1, 2) } };
 * const bytes = encodeSafetensors({ tensors, metadata: {} });
 * assert.throws(() => decodeSafetensors(bytes.subarray(0, -1), "w.safetensors"), {
 *   message: /^Cannot read w.safetensors: expected 8 bytes of values, up to "w", got 7/,
 * });
 * ```
 */
export function decodeSafetensors(
  bytes: Uint8Array,
  name = "safetensors",
): Safetensors {
  if (!(bytes instanceof Uint8Array)) {
    refuse(`read ${name}`, "a Uint8Array", shown(bytes));
  }
  const { places, metadata, values } = readLayout(bytes, name);
  const entries = places.map(({ name, type, shape, from, to }) => {
    const data = fromBytes(values.subarray(from, to), type);
    return [name, { shape, data }];
  });
  return { tensors: Object.fromEntries(entries), metadata };
}
