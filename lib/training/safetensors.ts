import {
  bytesPerValue,
  fromBytes,
  type Precision,
  toBytes,
} from "./precision.ts";

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

const lengthBytes = 8;

/** What the format calls a type of values. */
const dtypes = { float32: "F32", float16: "F16" } as const;
const precisions = Object.keys(dtypes) as Precision[];

/**
 * Writes tensors in the safetensors format: the length of the header as 8
 * bytes, the header as JSON, the values little-endian without a gap.
 *
 * @param precision "float16" halves the file and rounds the values, as
 * {@linkcode toBytes} does.
 * @throws {RangeError} If a value is too large for the precision.
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
  { tensors, metadata }: Safetensors,
  precision: Precision = "float32",
): Uint8Array<ArrayBuffer> {
  const header: Record<string, unknown> = { __metadata__: metadata };
  const parts: Uint8Array[] = [];
  let end = 0;
  for (const [name, { shape, data }] of Object.entries(tensors)) {
    const values = toBytes(data, precision, name);
    const start = end;
    end += values.length;
    header[name] = {
      dtype: dtypes[precision],
      shape,
      data_offsets: [start, end],
    };
    parts.push(values);
  }
  const text = JSON.stringify(header);
  const unpadded = new TextEncoder().encode(text).length;
  const headerLength = Math.ceil(unpadded / lengthBytes) * lengthBytes;
  const bytes = new Uint8Array(lengthBytes + headerLength + end).fill(0x20);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerLength), true);
  new TextEncoder().encodeInto(text, bytes.subarray(lengthBytes));
  let at = lengthBytes + headerLength;
  for (const values of parts) {
    bytes.set(values, at);
    at += values.length;
  }
  return bytes;
}

/**
 * Reads a safetensors file of float32 or float16 tensors; either become
 * float32, which loses nothing.
 *
 * @param name What messages call the file.
 * @throws {SyntaxError} If the file is cut off or damaged, or has values of
 * another type.
 *
 * @example A file that was cut off
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const tensors = { w: { shape: [2], data: Float32Array.of(1, 2) } };
 * const bytes = encodeSafetensors({ tensors, metadata: {} });
 * assert.throws(() => decodeSafetensors(bytes.subarray(0, -1), "w.safetensors"), {
 *   message: /^Cannot read w.safetensors: expected 8 bytes of values, got 7/,
 * });
 * ```
 */
export function decodeSafetensors(
  bytes: Uint8Array,
  name = "safetensors",
): Safetensors {
  const { header, values } = splitFile(bytes, name);
  const { __metadata__: metadata = {}, ...entries } = header;
  const tensors: Record<string, StoredTensor> = {};
  let end = 0;
  for (const [key, entry] of Object.entries(entries)) {
    const { dtype, shape, data_offsets: offsets } = entry;
    const precision = precisions.find((known) => dtypes[known] === dtype);
    if (!precision) {
      throw damaged(name, `values of type F32 or F16 for ${key}`, dtype);
    }
    if (!isCounts(shape) || !isCounts(offsets) || offsets.length !== 2) {
      throw damaged(name, `a shape and two offsets for ${key}`, entry);
    }
    const [from, to] = offsets as [number, number];
    const size = shape.reduce(
      (product, side) => product * side,
      bytesPerValue(precision),
    );
    if (to - from !== size) {
      throw damaged(name, `${size} bytes for ${key} [${shape}]`, to - from);
    }
    end = Math.max(end, to);
    const data = fromBytes(values.subarray(from, to), precision);
    tensors[key] = { shape, data };
  }
  if (values.length !== end) {
    throw damaged(name, `${end} bytes of values`, values.length);
  }
  return { tensors, metadata: metadata as Record<string, string> };
}

type Header = Record<string, Record<string, unknown>>;

function splitFile(
  bytes: Uint8Array,
  name: string,
): { header: Header; values: Uint8Array } {
  if (bytes.length < lengthBytes) {
    throw damaged(name, "at least 8 bytes", bytes.length);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerLength = Number(view.getBigUint64(0, true));
  const start = lengthBytes + headerLength;
  if (start > bytes.length) {
    throw damaged(
      name,
      `a header of ${headerLength} bytes`,
      `${bytes.length - lengthBytes} bytes in all`,
    );
  }
  const text = new TextDecoder().decode(bytes.subarray(lengthBytes, start));
  let header: unknown;
  try {
    header = JSON.parse(text);
  } catch {
    throw damaged(name, "a header in JSON", text.slice(0, 40));
  }
  const isRecord = (value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value);
  if (!isRecord(header) || !Object.values(header as Header).every(isRecord)) {
    throw damaged(name, "a header that describes tensors", text.slice(0, 40));
  }
  return { header: header as Header, values: bytes.subarray(start) };
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) &&
    value.every((item) => Number.isSafeInteger(item) && item >= 0);
}

function damaged(name: string, expected: string, got: unknown): SyntaxError {
  const text = typeof got === "object" ? JSON.stringify(got) : String(got);
  return new SyntaxError(
    `Cannot read ${name}: expected ${expected}, got ${text}`,
  );
}
