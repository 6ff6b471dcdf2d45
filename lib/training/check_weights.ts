import type { StoredTensor } from "./safetensors.ts";

/**
 * Makes sure that all weights are finite numbers. The loss does not tell: on
 * WASM a ReLU turns NaN into 0, and a channel that is lost is silent.
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
  for (const [name, { data }] of Object.entries(weights)) {
    if (isFinite(data)) continue;
    const found = data.find((value) => !Number.isFinite(value));
    throw new RangeError(
      `Cannot go on after step ${step}: expected finite weights, got ${found} in ${name}. ` +
        `The weights have diverged: begin anew with a lower learning rate`,
    );
  }
}

/** Millions of weights in a few milliseconds: 0 times a finite number is 0. */
function isFinite(values: Float32Array): boolean {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]! * 0;
  return sum === 0;
}
