/**
 * WebAssembly's binary format, as far as it says what memory a module has: sections,
 * each with its number and length; the fifth lists memories by their limits.
 *
 * @module
 */

const [memorySection, limited, limitedAndShared] = [5, 1, 3];

/**
 * The bytes of a module whose memory threads can share, made of those of a module
 * that defines one memory of its own, with a largest size. Nothing else changes.
 *
 * @returns Nothing where the module is none of that kind.
 *
 * Source: WebAssembly core specification 3.0, chapter 5 (binary format).
 */
export function shareMemory(
  module: Uint8Array,
): Uint8Array<ArrayBuffer> | undefined {
  const preamble = 8;
  for (let at = preamble; at < module.length;) {
    const section = module[at]!;
    const { value: length, end: start } = readUnsigned(module, at + 1);
    if (section === memorySection) {
      const { value: count, end: limits } = readUnsigned(module, start);
      if (count !== 1 || module[limits] !== limited) return undefined;
      const shared = new Uint8Array(module);
      shared[limits] = limitedAndShared;
      return shared;
    }
    at = start + length;
  }
}

/** A whole number in LEB128, and where it ends. */
function readUnsigned(
  bytes: Uint8Array,
  at: number,
): { value: number; end: number } {
  let [value, shift] = [0, 0];
  for (; at < bytes.length; at++, shift += 7) {
    value += (bytes[at]! & 0x7f) * 2 ** shift;
    if (bytes[at]! < 0x80) return { value, end: at + 1 };
  }
  return { value, end: at };
}
