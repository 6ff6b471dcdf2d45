/** What a field holds: a whole number of 0 or more, a float32, text, bytes, or a message. */
export type FieldValue =
  | number
  | { readonly float: number }
  | string
  | Uint8Array
  | Message;

/** Fields by number, in the order in which they are written; one may be there often. */
export type Message = readonly (readonly [field: number, value: FieldValue])[];

/** How a value is laid out, in the lowest three bits of a field's key. */
const wireTypes = { varint: 0, length: 2, float: 5 };

/**
 * Writes a message in the format of Protocol Buffers, as far as ONNX needs it.
 *
 * npm's onnx-proto would bring protobufjs 6, which is no longer kept, and a
 * generated file that is larger than this whole library.
 *
 * Source: "Encoding", protobuf.dev.
 *
 * @example The guide's own: field 1 holds 150
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual([...encodeMessage([[1, 150]])], [0x08, 0x96, 0x01]);
 * ```
 */
export function encodeMessage(message: Message): Uint8Array<ArrayBuffer> {
  const parts = message.flatMap(([field, value]) => encodeField(field, value));
  const bytes = new Uint8Array(
    parts.reduce((sum, { length }) => sum + length, 0),
  );
  parts.reduce((at, part) => {
    bytes.set(part, at);
    return at + part.length;
  }, 0);
  return bytes;
}

function encodeField(
  field: number,
  value: FieldValue,
): (Uint8Array | number[])[] {
  const key = (type: keyof typeof wireTypes) =>
    varint(field * 8 + wireTypes[type]);
  if (typeof value === "number") return [key("varint"), varint(value)];
  if (typeof value === "object" && "float" in value) {
    return [key("float"), float(value.float)];
  }
  const bytes = bytesOf(value);
  return [key("length"), varint(bytes.length), bytes];
}

function bytesOf(value: string | Uint8Array | Message): Uint8Array {
  if (typeof value === "string") return new TextEncoder().encode(value);
  return value instanceof Uint8Array ? value : encodeMessage(value);
}

/** Seven bits a byte, the lowest first; the eighth says that more follow. */
function varint(value: number): number[] {
  const bytes: number[] = [];
  while (value > 127) {
    bytes.push(value % 128 + 128);
    value = Math.floor(value / 128);
  }
  return [...bytes, value];
}

function float(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return bytes;
}
