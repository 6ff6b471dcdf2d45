import { refuse, shown } from "./refuse.ts";

/** What is asked of a tensor before it is computed with. */
interface Shaped {
  shape: readonly number[];
  dtype: string;
}

/**
 * Refuses what is not a tensor of numbers of a shape. It is recognized by what it
 * has, not by its class: two copies of TensorFlow.js may be in one program.
 *
 * @param action What is being done, the opening of an error's message.
 * @param name What the tensor holds, such as "embeddings".
 * @param shape The size of each dimension; a word stands for `least` or more.
 * @param least 1 by default; 0 where there may be nothing.
 * @throws {RangeError} If it is something else, or of another shape.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * checkShape("compare", "embeddings", tf.ones([3, 4]), ["n", "size"]);
 * assert.throws(
 *   () => checkShape("compare", "embeddings", tf.ones([3]), ["n", "size"]),
 *   {
 *     message:
 *       "Cannot compare: expected embeddings of shape [n, size], got a tensor of shape [3]",
 *   },
 * );
 * ```
 */
export function checkShape(
  action: string,
  name: string,
  tensor: unknown,
  shape: readonly (number | string)[],
  least = 1,
): void {
  const expected = `${name} of shape [${shape.join(", ")}]`;
  if (!isTensor(tensor)) refuse(action, expected, shown(tensor));
  if (tensor.dtype === "string" || tensor.dtype === "complex64") {
    refuse(action, `${name} to be numbers`, `a tensor of ${tensor.dtype}`);
  }
  const fits = tensor.shape.length === shape.length &&
    tensor.shape.every((size, i) =>
      typeof shape[i] === "string" ? size >= least : size === shape[i]
    );
  if (!fits) refuse(action, expected, shown(tensor));
}

/** The most bytes that one block of WebAssembly's memory or a tensor can have. */
const mostBytes = 2 ** 32;

/**
 * Refuses sizes whose product no memory could hold, before anything is allocated.
 *
 * @param name What would be stored, such as "distances".
 * @param sides The number of values along each dimension.
 * @param bytes Of one value (default 4, a float32).
 * @throws {RangeError} If it would need more than 4 GiB.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * checkRoom("compare embeddings", "distances", [1000, 1000]);
 * assert.throws(() => checkRoom("compare embeddings", "distances", [1e6, 1e6]), {
 *   message:
 *     "Cannot compare embeddings: expected distances of at most 4 GiB, got 1000000 × 1000000 values of 4 bytes",
 * });
 * ```
 */
export function checkRoom(
  action: string,
  name: string,
  sides: readonly number[],
  bytes = 4,
): void {
  const count = sides.reduce((product, side) => product * side, 1);
  if (count * bytes <= mostBytes) return;
  refuse(
    action,
    `${name} of at most 4 GiB`,
    `${sides.join(" × ")} values of ${bytes} bytes`,
  );
}

function isTensor(value: unknown): value is Shaped {
  return typeof value === "object" && value !== null && "dtype" in value &&
    "dataSync" in value && "shape" in value && Array.isArray(value.shape);
}
