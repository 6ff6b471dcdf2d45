import { gunzipSync } from "node:zlib";
import { refuseFile } from "../../numeric/refuse.ts";

/**
 * Unpacks bytes that begin like a gzip file (1f 8b) and returns all others
 * as they are.
 *
 * @param name What to call the bytes in an error.
 * @throws {SyntaxError} If the gzip stream is cut off or damaged.
 *
 * @example Packed and plain bytes give the same
 * ```ts
 * import assert from "node:assert/strict";
 * import { gzipSync } from "node:zlib";
 *
 * const plain = new Uint8Array([1, 2, 3]);
 * assert.equal(unpackGzip(plain), plain);
 * assert.deepEqual(unpackGzip(gzipSync(plain)), plain);
 * ```
 */
export function unpackGzip(bytes: Uint8Array, name = "bytes"): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    const { buffer, byteOffset, byteLength } = gunzipSync(bytes);
    return new Uint8Array(buffer, byteOffset, byteLength);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : cause;
    refuseFile(
      `unpack gzip file ${name}`,
      "a whole gzip stream",
      `one with an error: ${reason}`,
      { cause },
    );
  }
}
