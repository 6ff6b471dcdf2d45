import { checkWhole } from "../../numeric/domain.ts";
import { refuse, refuseFile, shown } from "../../numeric/refuse.ts";
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
  const file = unpackGzip(bytes, name);
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const rank = readRank(view, action, dimensions);
  const header = 4 + 4 * rank;
  if (file.length < header) {
    refuseFile(action, `a header of ${header} bytes`, `${file.length} bytes`);
  }
  const shape = Array.from(
    { length: rank },
    (_, i) => view.getUint32(4 + 4 * i),
  );
  const length = header + shape.reduce((product, n) => product * n, 1);
  if (file.length !== length) {
    const fault = file.length > length ? "bytes trail" : "truncated";
    refuseFile(
      action,
      `${length} bytes (shape ${shape.join("×")})`,
      `${file.length} bytes: ${fault}`,
    );
  }
  return { shape, data: file.subarray(header) };
}

/** The number of dimensions, from a magic number that says unsigned bytes. */
function readRank(view: DataView, action: string, expected?: number): number {
  if (view.byteLength < 4) {
    const got = `${view.byteLength} bytes`;
    refuseFile(action, "a magic number of 4 bytes", got);
  }
  const magic = view.getUint32(0);
  const [type, rank] = [magic >> 8, magic & 0xff];
  const right = expected === undefined
    ? "magic 2049 to 2303"
    : `magic ${(unsignedBytes << 8) + expected}`;
  if (otherTypes.has(type)) {
    const got = `${otherTypes.get(type)} (magic ${magic})`;
    refuseFile(action, `unsigned bytes (${right})`, got);
  }
  if (type !== unsignedBytes || rank !== (expected ?? Math.max(rank, 1))) {
    refuseFile(action, right, `${magic}`);
  }
  return rank;
}
