/** Writes an IDX file of unsigned bytes: the counterpart of `readIdx`. */
export function idxBytes(shape: number[], data: Uint8Array): Uint8Array {
  const header = new DataView(new ArrayBuffer(4 + 4 * shape.length));
  header.setUint32(0, 0x0800 + shape.length);
  shape.forEach((length, i) => header.setUint32(4 + 4 * i, length));
  return new Uint8Array([...new Uint8Array(header.buffer), ...data]);
}
