import type { Gather } from "../../backends/batch_statistics.ts";
import { arrive } from "./barrier.ts";
import { doublesPerSlot, type Shared } from "./shared.ts";

/**
 * Makes what a thread of a team exchanges numbers by. Two sets of slots take
 * turns, so that one barrier is enough: who writes into a set again has passed
 * the barrier of the other set, and the others had read this one before that.
 *
 * @param rank Which thread this is.
 */
export function createGather(
  { control, doubles, size }: Shared,
  rank: number,
): Gather {
  let turn = 0;
  const exchange: Gather = (values) => {
    const slots = doublesPerSlot * size * turn;
    const slot = (of: number) => slots + doublesPerSlot * of;
    turn = 1 - turn;
    doubles.set(values, slot(rank));
    const waitForOthers = arrive(control, size);
    return () => {
      waitForOthers();
      return Array.from(
        { length: size },
        (_, of) => doubles.slice(slot(of), slot(of) + values.length),
      );
    };
  };
  return (values) => {
    if (values.length <= doublesPerSlot) return exchange(values);
    const gathered = Array.from(
      { length: size },
      () => new Float64Array(values.length),
    );
    for (let start = 0; start < values.length; start += doublesPerSlot) {
      const piece = values.subarray(start, start + doublesPerSlot);
      exchange(piece)().forEach((part, of) => gathered[of]!.set(part, start));
    }
    return () => gathered;
  };
}
