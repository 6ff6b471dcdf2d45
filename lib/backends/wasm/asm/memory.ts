/** In pages, memories are counted. */
export const pageBytes = 65536;

/** Whether threads can share a memory. */
export function isShared({ buffer }: WebAssembly.Memory): boolean {
  return typeof SharedArrayBuffer !== "undefined" &&
    (buffer as ArrayBufferLike) instanceof SharedArrayBuffer;
}
