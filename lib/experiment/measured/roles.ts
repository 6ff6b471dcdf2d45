import { type Random, shuffle } from "../../numeric/random.ts";

/** Which digits are known to a system, and which are strangers to it. */
export interface Roles {
  /** Whether the network was trained without the strangers' digits. */
  unseen: boolean;
  /** The digits that have centroids. */
  known: number[];
  /** The strangers that a threshold is chosen on. */
  calibratedOn: number[];
  /** The strangers that it is tested on. */
  testedOn: number[];
}

/**
 * Gives each digit its role. Digits that were left out of training are the
 * strangers: one half, drawn at random, chooses the threshold and the other
 * tests it. Where there are fewer than two of them, digits that the network has
 * seen take their place, two fifths of all; one that was left out has no role.
 *
 * @param classes All digits, at least five.
 * @param leftOut Those that the network was trained without.
 */
export function giveRoles(
  classes: readonly number[],
  leftOut: readonly number[],
  random: Random,
): Roles {
  const unseen = leftOut.length >= 2;
  const seen = classes.filter((digit) => !leftOut.includes(digit));
  const strangers = shuffle([...(unseen ? leftOut : seen)], random)
    .slice(0, unseen ? leftOut.length : Math.floor(classes.length * 2 / 5));
  const half = Math.ceil(strangers.length / 2);
  const ascending = (digits: number[]) => digits.toSorted((a, b) => a - b);
  return {
    unseen,
    known: ascending(seen.filter((digit) => !strangers.includes(digit))),
    calibratedOn: ascending(strangers.slice(0, half)),
    testedOn: ascending(strangers.slice(half)),
  };
}
