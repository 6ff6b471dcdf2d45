/**
 * LEB128, the encoding of whole numbers in WebAssembly's binary format: seven
 * bits a byte, the lowest first.
 *
 * @module
 */

/** Unsigned LEB128, the binary format's encoding of whole numbers. */
export function unsigned(value: number): number[] {
  const bytes = [];
  do {
    const low = value & 0x7f;
    value >>>= 7;
    bytes.push(value === 0 ? low : low | 0x80);
  } while (value !== 0);
  return bytes;
}

/** Signed LEB128, the encoding of i32 constants. */
export function signed(value: number): number[] {
  const bytes = [];
  for (;;) {
    const low = value & 0x7f;
    value >>= 7;
    if ((value === 0 && low < 0x40) || (value === -1 && low >= 0x40)) {
      return [...bytes, low];
    }
    bytes.push(low | 0x80);
  }
}
