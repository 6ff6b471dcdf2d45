import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import {
  xoroshiro128plus,
  xoroshiro128plusFromState,
} from "pure-rand/generator/xoroshiro128plus";
import { checkValue, checkWhole, type NumberDomain } from "./domain.ts";
import { checkLength, checkList } from "./list.ts";
import { refuse, shown } from "./refuse.ts";

/**
 * A seeded stream of random numbers. Every function of this library that
 * draws takes one as an argument, so a seed decides the whole result.
 */
export interface Random {
  /** A number in [0, 1). */
  uniform(): number;
  /**
   * A whole number in [0, below).
   *
   * @throws {RangeError} If the limit is not a whole number of 1 or more.
   */
  integer(below: number): number;
  /** A draw from the normal distribution with mean 0 and deviation 1. */
  normal(): number;
  /** The position in the stream, as {@linkcode restoreRandom} takes it. */
  state(): readonly number[];
}

/** The seeds that there are: [-2³¹, 2³²). */
export const seedDomain: NumberDomain = {
  type: "integer",
  min: -(2 ** 31),
  max: 2 ** 32 - 1,
};

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
  checkValue("create a random stream", "the seed", seed, seedDomain);
  return fromGenerator(xoroshiro128plus(seed));
}

/**
 * Continues a stream from the position that `state()` gave.
 *
 * @throws {RangeError} If the state is not four whole numbers of 32 bits, one of
 * them other than 0.
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
  const action = "restore a random stream";
  checkList(action, "numbers of its state", state, stateDomain, 4);
  const [a, b, c, d] = Array.from(state) as [number, number, number, number];
  // From there it would never come away.
  if ((a | b | c | d) === 0) {
    refuse(action, "a state other than 0", shown(state));
  }
  return fromGenerator(xoroshiro128plusFromState([a, b, c, d]));
}

const stateDomain: NumberDomain = {
  type: "integer",
  min: -(2 ** 31),
  max: 2 ** 31 - 1,
};

/**
 * Refuses what is not a seeded stream, such as `Math.random`.
 *
 * @param action What is being done, the opening of an error's message.
 * @throws {RangeError} If it is nothing or something else.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * checkRandom("draw a card", createRandom(1));
 * assert.throws(() => checkRandom("draw a card", Math.random), {
 *   message:
 *     "Cannot draw a card: expected random to be a stream of createRandom, got a function",
 * });
 * ```
 */
export function checkRandom(
  action: string,
  random: unknown,
): asserts random is Random {
  const isRandom = typeof random === "object" && random !== null &&
    methods.every((name) =>
      typeof (random as Record<string, unknown>)[name] === "function"
    );
  if (isRandom) return;
  refuse(action, "random to be a stream of createRandom", shown(random));
}

const methods: readonly (keyof Random)[] = [
  "uniform",
  "integer",
  "normal",
  "state",
];

/**
 * Puts the items in random order, in place (Fisher and Yates), and returns
 * them.
 *
 * @throws {RangeError} If the items are no list, or there is no stream.
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
  checkLength("shuffle", "items", items);
  checkRandom("shuffle", random);
  for (let i = items.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    const held = items[i];
    items[i] = items[j];
    items[j] = held;
  }
  return items;
}

function fromGenerator(generator: ReturnType<typeof xoroshiro128plus>): Random {
  const uniform = () => uniformFloat64(generator);
  return {
    uniform,
    integer: (below) => {
      checkWhole("draw a whole number", "its limit", below, 1);
      return uniformInt(generator, 0, below - 1);
    },
    // Box and Muller's transform; 1 − u keeps the logarithm finite.
    normal: () =>
      Math.sqrt(-2 * Math.log(1 - uniform())) *
      Math.cos(2 * Math.PI * uniform()),
    state: () => generator.getState(),
  };
}
