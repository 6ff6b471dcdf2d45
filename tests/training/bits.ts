import { createHash } from "node:crypto";
import type { RunState } from "../../lib/training/checkpoint/run_state.ts";

/**
 * All that decides how a run goes on, to the last bit; the clock does not. Bits
 * are told by their SHA-256, so that a difference can be printed.
 */
export function bitsOf({ weights, adam, sampler, draws, steps }: RunState) {
  const each = <T, U>(record: Record<string, T>, map: (value: T) => U) =>
    Object.fromEntries(
      Object.entries(record).map(([name, value]) => [name, map(value)]),
    );
  return {
    weights: each(weights, ({ shape, data }) => `${shape} ${hash(data)}`),
    adamSteps: adam.steps,
    gradients: each(adam.means, ({ gradient }) => hash(gradient)),
    squares: each(adam.means, ({ square }) => hash(square)),
    sampler,
    draws,
    steps: steps.map(({ seconds: _, ...report }) => report),
  };
}

function hash({ buffer, byteOffset, byteLength }: Float32Array): string {
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  return createHash("sha256").update(bytes).digest("hex");
}
