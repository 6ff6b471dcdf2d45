import type { StoredTensor } from "../../files/safetensors.ts";
import { findUnsound } from "./sound_weights.ts";

/**
 * Makes sure that all weights are finite numbers, and variances not below 0. The
 * loss does not tell: on WASM a ReLU turns NaN into 0, and a channel that is
 * lost is silent.
 *
 * @throws {RangeError} With the first weight that is not, and what helps.
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
  throw new RangeError(
    `Cannot go on after step ${step}: expected ${unsound.expected}, got ${unsound.got}. ` +
      `The weights have diverged: begin anew with a lower learning rate`,
  );
}
