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

/** Five bytes hold every number of 32 bits. */
const fixedLength = 5;

/** Unsigned LEB128 in five bytes, whatever the number, so that it can be replaced. */
export function unsignedOfFixedLength(value: number): number[] {
  return Array.from({ length: fixedLength }, (_, i) => {
    const low = Math.floor(value / 2 ** (7 * i)) & 0x7f;
    return i < fixedLength - 1 ? low | 0x80 : low;
  });
}

/** Signed LEB128 of an i32 constant in five bytes. */
export function signedOfFixedLength(value: number): number[] {
  return Array.from({ length: fixedLength }, (_, i) => {
    const low = ((value | 0) >> (7 * i)) & 0x7f;
    return i < fixedLength - 1 ? low | 0x80 : low;
  });
}
