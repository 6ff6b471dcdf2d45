import type { StoredTensor } from "../../files/safetensors.ts";

/** What is wrong with a weight, in the words of an error's message. */
export interface Unsound {
  expected: string;
  /** The value and whose it is. */
  got: string;
}

/** Whether weights of this name are variances, as batch normalization's are. */
export function isVariance(name: string): boolean {
  return /(^|\/)moving_variance$/.test(name);
}

/**
 * Finds the first weight that no working network has: one that is not a finite
 * number, or a variance below 0, of which batch normalization takes the root.
 *
 * @param isSquare Whether a tensor's values are squares, none below 0 (default
 * {@linkcode isVariance}).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const of = (value: number) => ({ shape: [1], data: Float32Array.of(value) });
 * assert.equal(findUnsound({ "a/moving_variance": of(0), "a/bias": of(-1) }), undefined);
 * assert.deepEqual(findUnsound({ "a/moving_variance": of(-1) }), {
 *   expected: "variances of 0 or more",
 *   got: "-1 in a/moving_variance",
 * });
 * ```
 */
export function findUnsound(
  tensors: Readonly<Record<string, StoredTensor>>,
  isSquare: (name: string) => boolean = isVariance,
): Unsound | undefined {
  for (const [name, { data }] of Object.entries(tensors)) {
    if (!isFinite(data)) {
      const found = data.find((value) => !Number.isFinite(value));
      return { expected: "finite weights", got: `${found} in ${name}` };
    }
    const negative = isSquare(name) && data.find((value) => value < 0);
    if (negative) {
      return {
        expected: `${isVariance(name) ? "variances" : "squares"} of 0 or more`,
        got: `${negative} in ${name}`,
      };
    }
  }
}

/** Millions of weights in a few milliseconds: 0 times a finite number is 0. */
function isFinite(values: Float32Array): boolean {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]! * 0;
  return sum === 0;
}
