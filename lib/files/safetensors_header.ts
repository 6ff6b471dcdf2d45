import { refuseFile, shown } from "../numeric/refuse.ts";
import { bytesPerValue, type StoredType } from "./precision.ts";
import { parseStrictJson } from "./strict_json.ts";

/** Where a tensor's values are in a safetensors file. */
export interface TensorPlace {
  name: string;
  type: StoredType;
  shape: number[];
  /** Of the first byte, counted from the end of the header. */
  from: number;
  /** Behind the last byte. */
  to: number;
}

/** A safetensors file whose values have not been looked at. */
export interface SafetensorsLayout {
  places: TensorPlace[];
  metadata: Record<string, string>;
  /** The bytes of all values. */
  values: Uint8Array;
}

/** The file begins with the header's length in as many bytes. */
export const lengthBytes = 8;

/** The longest header that Python's library reads. */
export const longestHeader = 100_000_000;

/** What the format calls the types of values that float32 holds exactly. */
export const dtypes: Readonly<Record<StoredType, string>> = {
  float32: "F32",
  float16: "F16",
  bfloat16: "BF16",
};

/**
 * Reads the header of a safetensors file and makes sure that its tensors are
 * all of the file: each begins where the one before ends, so that no two share
 * bytes and none lie between them.
 *
 * What Python's safetensors library 0.8.0 refuses is refused. So is what it
 * reads although the format's description forbids it (a name that is there
 * twice, an entry that is no object) or float32 or a number of JavaScript cannot
 * hold it (other types of values; a side of 2⁵³ or more).
 *
 * @param name What messages call the file.
 * @throws {SyntaxError} If the file is not like that, with the tensor's name.
 *
 * Source: the format's description and `safetensors/src/tensor.rs` in
 * huggingface/safetensors.
 */
export function readLayout(bytes: Uint8Array, name: string): SafetensorsLayout {
  const action = `read ${name}`;
  const { text, values } = split(bytes, action);
  const header = parseHeader(text, name);
  if (!isRecord(header)) {
    refuseFile(action, "a header that describes tensors", shown(text));
  }
  const { __metadata__: metadata, ...entries } = header;
  // Python reads null as none.
  if (metadata !== null && metadata !== undefined && !isTexts(metadata)) {
    refuseFile(action, "metadata of text", shown(metadata));
  }
  const places = Object.entries(entries)
    .map(([key, entry]) => placeOf(key, entry, action))
    .sort((a, b) => a.from - b.from || a.to - b.to);
  const end = places.reduce((end, place) => {
    if (place.from === end) return place.to;
    refuseFile(
      action,
      `the values of ${shown(place.name)} at ${end}, where those before end`,
      `${place.from}`,
    );
  }, 0);
  if (values.length !== end) {
    const last = places.at(-1);
    refuseFile(
      action,
      `${end} bytes of values${last ? `, up to ${shown(last.name)}` : ""}`,
      `${values.length}`,
    );
  }
  return { places, metadata: metadata ?? {}, values };
}

function split(
  bytes: Uint8Array,
  action: string,
): { text: string; values: Uint8Array } {
  if (bytes.length < lengthBytes) {
    refuseFile(action, `at least ${lengthBytes} bytes`, `${bytes.length}`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = Number(view.getBigUint64(0, true));
  if (length > longestHeader) {
    refuseFile(
      action,
      `a header of at most ${longestHeader} bytes`,
      `${length}`,
    );
  }
  const start = lengthBytes + length;
  if (start > bytes.length) {
    refuseFile(
      action,
      `a header of ${length} bytes`,
      `${bytes.length - lengthBytes} bytes in all`,
    );
  }
  // A mark of the byte order is kept, for it is no JSON.
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  try {
    const text = decoder.decode(bytes.subarray(lengthBytes, start));
    return { text, values: bytes.subarray(start) };
  } catch {
    refuseFile(action, "a header in UTF-8", "other bytes");
  }
}

function parseHeader(text: string, name: string): unknown {
  try {
    return parseStrictJson(text);
  } catch (error) {
    throw new SyntaxError(
      `Cannot read the header of ${name}: ${(error as Error).message}`,
    );
  }
}

function placeOf(name: string, entry: unknown, action: string): TensorPlace {
  if (!isRecord(entry)) {
    refuseFile(
      action,
      `a header that describes tensors, ${shown(name)} too`,
      shown(entry),
    );
  }
  const { dtype, shape, data_offsets: offsets } = entry;
  const types = Object.keys(dtypes) as StoredType[];
  const type = types.find((type) => dtypes[type] === dtype);
  if (!type) {
    refuseFile(
      action,
      `values of type ${Object.values(dtypes).join(", ")} for ${shown(name)}`,
      typeof dtype === "string" ? dtype : shown(dtype),
    );
  }
  if (!isCounts(shape)) {
    refuseFile(
      action,
      `whole numbers, written without a point, as the shape of ${shown(name)}`,
      shown(shape),
    );
  }
  if (!isCounts(offsets) || offsets.length !== 2) {
    refuseFile(
      action,
      `two whole numbers, written without a point, as data_offsets of ${
        shown(name)
      }`,
      shown(offsets),
    );
  }
  const [from, to] = offsets as [number, number];
  const size = sizeOf(shape) * bytesPerValue(type);
  if (to - from !== size) {
    refuseFile(
      action,
      `${size} bytes for ${shown(name)} of shape ${shown(shape)}`,
      `${to - from}`,
    );
  }
  return { name, type, shape, from, to };
}

/** Infinity if a product on the way is, though a 0 follows: as in Rust. */
function sizeOf(shape: readonly number[]): number {
  let size = 1;
  for (const side of shape) {
    size *= side;
    if (size >= 2 ** 64) return Infinity;
  }
  return size;
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) &&
    value.every((side) => Number.isSafeInteger(side) && side >= 0);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): value is Record<string, string> {
  return isRecord(value) &&
    Object.values(value).every((text) => typeof text === "string");
}
