import { refuse, shown } from "../../numeric/refuse.ts";

/**
 * Refuses pixels that are not bytes.
 *
 * @param action What is being done, the opening of an error's message.
 * @throws {RangeError} If they are something else.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * checkBytes("look", Uint8Array.of(0, 255));
 * assert.throws(() => checkBytes("look", Float32Array.of(0.5)), {
 *   message: "Cannot look: expected images as bytes, a Uint8Array, got a Float32Array",
 * });
 * ```
 */
export function checkBytes(action: string, images: unknown): void {
  const isBytes = images instanceof Uint8Array ||
    images instanceof Uint8ClampedArray;
  if (isBytes) return;
  const got = ArrayBuffer.isView(images)
    ? `a ${Object.prototype.toString.call(images).slice(8, -1)}`
    : shown(images);
  refuse(action, "images as bytes, a Uint8Array", got);
}
