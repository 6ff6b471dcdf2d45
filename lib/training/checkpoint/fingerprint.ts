import { crc32 } from "node:zlib";
import type { Dataset } from "../../digits/dataset.ts";

/**
 * A number that stands for a dataset: the CRC-32 of its images and labels.
 * Continuing a run with other images would go unnoticed otherwise.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const images = new Uint8Array(2);
 * const set = { images, labels: images, count: 2, height: 1, width: 1 };
 * const other = { ...set, labels: Uint8Array.of(0, 1) };
 * assert.equal(fingerprint(set), fingerprint({ ...set }));
 * assert.notEqual(fingerprint(set), fingerprint(other));
 * ```
 */
export function fingerprint({ images, labels }: Dataset): number {
  return crc32(Uint8Array.from(labels), crc32(images));
}
