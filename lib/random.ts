import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import {
  xoroshiro128plus,
  xoroshiro128plusFromState,
} from "pure-rand/generator/xoroshiro128plus";
import { refuse, shown } from "./numeric/refuse.ts";

/**
 * A seeded stream of random numbers. Every function of this library that
 * draws takes one as an argument, so a seed decides the whole result.
 */
export interface Random {
  /** A number in [0, 1). */
  uniform(): number;
  /** A whole number in [0, below). */
  integer(below: number): number;
  /** A draw from the normal distribution with mean 0 and deviation 1. */
  normal(): number;
  /** The position in the stream, as {@linkcode restoreRandom} takes it. */
  state(): readonly number[];
}

/**
 * Makes the stream of random numbers that belongs to a seed (xoroshiro128+).
 *
 * @param seed A whole number in [-2³¹, 2³²).
 * @throws {RangeError} If the seed is not a whole number in that range.
 *
 * @example Two streams of one seed are equal
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const [a, b] = [createRandom(7), createRandom(7)];
 * assert.equal(a.uniform(), b.uniform());
 * assert.ok(a.integer(10) < 10);
 * ```
 */
export function createRandom(seed: number): Random {
  if (!Number.isInteger(seed) || seed < -(2 ** 31) || seed >= 2 ** 32) {
    throw new RangeError(
      `Cannot create a random stream: expected a whole seed in [-2^31, 2^32), got ${seed}`,
    );
  }
  return fromGenerator(xoroshiro128plus(seed));
}

/**
 * Continues a stream from the position that `state()` gave.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const random = createRandom(1);
 * const copy = restoreRandom(random.state());
 * assert.equal(copy.uniform(), random.uniform());
 * ```
 */
export function restoreRandom(state: readonly number[]): Random {
  return fromGenerator(xoroshiro128plusFromState(state));
}

/**
 * Puts the items in random order, in place (Fisher and Yates), and returns
 * them.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const items = shuffle([1, 2, 3, 4], createRandom(0));
 * assert.deepEqual(items.toSorted(), [1, 2, 3, 4]);
 * ```
 */
export function shuffle<T extends { length: number; [index: number]: unknown }>(
  items: T,
  random: Random,
): T {
  for (let i = items.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    const held = items[i];
    items[i] = items[j];
    items[j] = held;
  }
  return items;
}

/**
 * Refuses what cannot be drawn from.
 *
 * @param action What is being done, the opening of an error's message.
 * @throws {RangeError} If it is no {@linkcode Random}.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * checkRandom("draw", createRandom(1));
 * assert.throws(() => checkRandom("draw", Math.random), {
 *   message:
 *     "Cannot draw: expected random to be a stream of createRandom, got a function",
 * });
 * ```
 */
export function checkRandom(action: string, random: unknown): void {
  const { uniform, integer } = Object(random) as Partial<Random>;
  if (typeof uniform === "function" && typeof integer === "function") return;
  refuse(action, "random to be a stream of createRandom", shown(random));
}

function fromGenerator(generator: ReturnType<typeof xoroshiro128plus>): Random {
  const uniform = () => uniformFloat64(generator);
  return {
    uniform,
    integer: (below) => uniformInt(generator, 0, below - 1),
    // Box and Muller's transform; 1 − u keeps the logarithm finite.
    normal: () =>
      Math.sqrt(-2 * Math.log(1 - uniform())) *
      Math.cos(2 * Math.PI * uniform()),
    state: () => generator.getState(),
  };
}
