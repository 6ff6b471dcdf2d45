import { refuseFile, shown } from "../numeric/refuse.ts";
import { isRecord, placeOf, type TensorPlace } from "./safetensors_place.ts";
import { parseStrictJson } from "./strict_json.ts";

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

function isTexts(value: unknown): value is Record<string, string> {
  return isRecord(value) &&
    Object.values(value).every((text) => typeof text === "string");
}
