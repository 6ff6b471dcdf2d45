import { unsigned } from "./leb128.ts";

/** In pages, memories are counted. */
export const pageBytes = 65536;

/** Whether threads can share a memory. */
export function isShared({ buffer }: WebAssembly.Memory): boolean {
  return typeof SharedArrayBuffer !== "undefined" &&
    (buffer as ArrayBufferLike) instanceof SharedArrayBuffer;
}

/**
 * Whether this runtime knows WebAssembly's relaxed SIMD: V8 since its version 11.4, so
 * Deno, Chromium since 114 and Node.js since 21.
 */
export function hasRelaxedSimd(): boolean {
  const zero = [0xfd, 12, ...Array<number>(16).fill(0)];
  const drop = 0x1a;
  const multiplyAdd = [0xfd, ...unsigned(0x105)];
  const body = [0, ...zero, ...zero, ...zero, ...multiplyAdd, drop, 0x0b];
  return WebAssembly.validate(
    new Uint8Array([
      ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      ...[1, 4, 1, 0x60, 0, 0],
      ...[3, 2, 1, 0],
      ...[10, body.length + 2, 1, body.length, ...body],
    ]),
  );
}
