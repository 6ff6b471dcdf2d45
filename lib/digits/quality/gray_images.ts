import { checkWhole } from "../../numeric/domain.ts";
import { checkLength, checkList } from "../../numeric/list.ts";
import { refuse, shown } from "../../numeric/refuse.ts";

/** The height and width that images may have here. */
export const side = { type: "integer", min: 1, max: 4096 } as const;

/**
 * Refuses what are not gray images of a shape.
 *
 * @param action What is being done, the opening of an error's message.
 * @param shape The count, height and width.
 * @throws {RangeError} If the images are no Uint8Array of the length that the
 * shape says, or a side is not a whole number from 1 to 4,096.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * checkGray("shrink images", new Uint8Array(4), [1, 2, 2]);
 * assert.throws(() => checkGray("shrink images", new Uint8Array(5), [1, 2, 2]), {
 *   message: "Cannot shrink images: expected 1×2×2 values, got 5",
 * });
 * ```
 */
export function checkGray(
  action: string,
  images: Uint8Array,
  shape: readonly number[],
): void {
  checkLength(action, "numbers as the shape", shape, 3);
  checkWhole(action, "the count", shape[0]!, 0, Infinity);
  checkList(action, "height and width", shape.slice(1), side);
  if (!(images instanceof Uint8Array)) {
    refuse(action, "images in a Uint8Array", shown(images));
  }
  const length = shape.reduce((product, size) => product * size);
  if (images.length !== length) {
    refuse(action, `${shape.join("×")} values`, `${images.length}`);
  }
}
