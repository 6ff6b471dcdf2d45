import { refuse } from "../../numeric/refuse.ts";
import type { StoredTensor } from "../../files/safetensors.ts";
import { allFinite } from "../../numeric/finite.ts";

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
    if (!allFinite(data)) {
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

/**
 * Refuses weights that are not finite numbers, and variances below 0.
 *
 * @throws {RangeError} With the first of them.
 */
export function checkSound(
  action: string,
  weights: Readonly<Record<string, StoredTensor>>,
): void {
  const unsound = findUnsound(weights);
  if (unsound) refuse(action, unsound.expected, unsound.got);
}

/**
 * The same for the weights of a run after a step. The loss does not tell: on WASM
 * a ReLU turns NaN into 0, and a channel that is lost is silent.
 *
 * @throws {RangeError} With the first weight that is not sound, and what helps.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const bias = { shape: [1], data: Float32Array.of(NaN) };
 * assert.throws(() => checkWeights({ bias }, { step: 3 }), {
 *   message: /^Cannot go on after step 3: expected finite weights, got NaN in bias/,
 * });
 * ```
 */
export function checkWeights(
  weights: Readonly<Record<string, StoredTensor>>,
  { step }: { step: number },
): void {
  const unsound = findUnsound(weights);
  if (!unsound) return;
  refuse(
    `go on after step ${step}`,
    unsound.expected,
    `${unsound.got}. The weights have diverged: begin anew with a lower learning rate`,
  );
}
