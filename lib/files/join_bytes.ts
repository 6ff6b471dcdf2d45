/**
 * Puts bytes one after the other.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const whole = joinBytes([Uint8Array.of(1, 2), Uint8Array.of(3)]);
 * assert.deepEqual([...whole], [1, 2, 3]);
 * ```
 */
export function joinBytes(
  parts: readonly Uint8Array[],
): Uint8Array<ArrayBuffer> {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const whole = new Uint8Array(length);
  let end = 0;
  for (const part of parts) {
    whole.set(part, end);
    end += part.length;
  }
  return whole;
}
