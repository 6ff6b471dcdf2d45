import type { Random } from "../../numeric/random.ts";
import type { PenPoint } from "./strokes.ts";

/** How one hand writes one letter, once. */
export interface Hand {
  /** Moves a point of a letter to where this hand puts it, in the letter's square. */
  place(point: PenPoint): PenPoint;
  /** How much each point misses its place, as a standard deviation. */
  tremor: number;
  /** The pen's diameter, in parts of the letter's height. */
  pen: number;
}

/**
 * Draws a hand: how narrow, slanted and turned it writes, how it bends the letter
 * as a whole, and how wide its pen is.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { createRandom } from "../../numeric/random.ts";
 *
 * const [one, other] = [drawHand(createRandom(1)), drawHand(createRandom(2))];
 * assert.notDeepEqual(one.place([0, 0]), other.place([0, 0]));
 * assert.ok(one.pen >= 0.09 && one.pen <= 0.18);
 * ```
 */
export function drawHand(random: Random): Hand {
  const within = (limit: number) => limit * (2 * random.uniform() - 1);
  const pen = 0.135 + within(0.045);
  const narrow = 0.8 + within(0.25);
  const slant = 0.12 + 0.17 * random.normal();
  const turn = 0.1 * random.normal();
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const bend = [0, 1].map(() => drawBend(random));
  const place = ([x, y]: PenPoint): PenPoint => {
    const right = narrow * (x - 0.5 + bend[0]!(x, y)) - slant * (y - 0.5);
    const down = y - 0.5 + bend[1]!(x, y);
    return [0.5 + cos * right - sin * down, 0.5 + sin * right + cos * down];
  };
  return { place, tremor: 0.035 + within(0.015), pen };
}

/** A smooth movement: half a wave to the right and half a wave down, of any phase. */
function drawBend(random: Random): (x: number, y: number) => number {
  const waves = [0, 1].map(() => ({
    height: 0.065 * random.normal(),
    phase: 2 * Math.PI * random.uniform(),
    right: 4 * random.uniform(),
    down: 4 * random.uniform(),
  }));
  return (x, y) =>
    waves.reduce(
      (sum, { height, phase, right, down }) =>
        sum + height * Math.sin(right * x + down * y + phase),
      0,
    );
}
