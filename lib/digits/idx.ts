import { checkWhole } from "../numeric/domain.ts";
import { refuse, shown } from "../numeric/refuse.ts";
import { unpackGzip } from "./gzip.ts";

/** An array of bytes with a shape: what an IDX file holds. */
export interface ByteArray {
  /** The length of each dimension, the outermost first. */
  shape: number[];
  /** The values, row-major. */
  data: Uint8Array;
}

// The third byte of the magic number says what the elements are.
const unsignedBytes = 0x08;
const otherTypes = new Map([
  [0x09, "signed bytes"],
  [0x0b, "16-bit integers"],
  [0x0c, "32-bit integers"],
  [0x0d, "32-bit floats"],
  [0x0e, "64-bit floats"],
]);

/**
 * Reads an IDX file of unsigned bytes, plain or gzip: a magic number
 * (0, 0, type, number of dimensions), the length of each dimension as a
 * big-endian 32-bit number, then the values. MNIST's labels are an IDX file of
 * one dimension (magic 2049), its images of three (magic 2051).
 *
 * Format: http://yann.lecun.com/exdb/mnist/
 *
 * @param bytes The file. `data` is a view into it, not a copy, unless it was
 * gzipped.
 * @param name What to call the file in an error.
 * @param dimensions The number of dimensions it must have; any if left out.
 * @throws {RangeError} If the bytes are something else, or the number of
 * dimensions is not a whole number from 1 to 255.
 * @throws {SyntaxError} If the file is too short or too long for its header,
 * its magic number is another one, or its gzip stream is damaged.
 * @throws {RangeError} If the bytes are no Uint8Array, or `dimensions` is no whole
 * number from 1 to 255.
 *
 * @example Three labels
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const { shape, data } = readIdx(
 *   new Uint8Array([0, 0, 8, 1, 0, 0, 0, 3, 5, 0, 4]),
 * );
 * assert.deepEqual(shape, [3]);
 * assert.deepEqual([...data], [5, 0, 4]);
 * ```
 */
export function readIdx(
  bytes: Uint8Array,
  name = "bytes",
  dimensions?: number,
): ByteArray {
  const action = `read IDX file ${name}`;
  if (!(bytes instanceof Uint8Array)) {
    refuse(action, "its bytes in a Uint8Array", shown(bytes));
  }
  if (dimensions !== undefined) {
    checkWhole(action, "the number of dimensions", dimensions, 1, 255);
  }
  const fail = (expected: string, got: string | number): never => {
    throw new SyntaxError(
      `Cannot ${action}: expected ${expected}, got ${got}`,
    );
  };
  const file = unpackGzip(bytes, name);
  if (file.length < 4) {
    fail("a magic number of 4 bytes", `${file.length} bytes`);
  }

  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const magic = view.getUint32(0);
  const [type, rank] = [magic >> 8, magic & 0xff];
  if (dimensions !== undefined && magic !== (unsignedBytes << 8) + dimensions) {
    fail(`magic ${(unsignedBytes << 8) + dimensions}`, magic);
  }
  if (otherTypes.has(type)) {
    fail(
      `unsigned bytes (magic 2049 to 2303)`,
      `${otherTypes.get(type)} (magic ${magic})`,
    );
  }
  if (type !== unsignedBytes || rank === 0) fail("magic 2049 to 2303", magic);

  const header = 4 + 4 * rank;
  if (file.length < header) {
    fail(`a header of ${header} bytes`, `${file.length} bytes`);
  }
  const shape = Array.from(
    { length: rank },
    (_, i) => view.getUint32(4 + 4 * i),
  );
  const length = header + shape.reduce((product, n) => product * n, 1);
  if (file.length !== length) {
    fail(
      `${length} bytes (shape ${shape.join("×")})`,
      `${file.length} bytes: ${
        file.length > length ? "bytes trail" : "truncated"
      }`,
    );
  }
  return { shape, data: file.subarray(header) };
}
