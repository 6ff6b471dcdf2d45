import type { Gather, Gathered } from "../../backends/divided_batch.ts";
import { come, haveAllCome, waitForAll } from "./barrier.ts";
import { doublesPerSlot, mostOpen, type Shared, slotSets } from "./shared.ts";

/**
 * Makes what a thread of a team exchanges numbers by.
 *
 * Sets of slots take turns. A thread that gives for the n-th time has waited for
 * all that it gave `mostOpen` times ago; so the others, who have given that too,
 * have read what is `mostOpen` times older still, and its place is free.
 *
 * @param rank Which thread this is.
 */
export function createGather(
  { counts, doubles, size }: Shared,
  rank: number,
): Gather {
  /** What was given and not read yet, the oldest first. */
  const open: (() => void)[] = [];
  let turn = 0;

  const give: Gather = (values) => {
    if (open.length === mostOpen) open.shift()!();
    const start = turn * size * doublesPerSlot;
    turn = (turn + 1) % slotSets;
    const slot = (of: number) => start + of * doublesPerSlot;
    doubles.set(values, slot(rank));
    const times = come(counts, rank);
    let parts: Float64Array[] | undefined;
    open.push(() => {
      waitForAll(counts, times);
      parts = Array.from(
        { length: size },
        (_, of) => doubles.slice(slot(of), slot(of) + values.length),
      );
    });
    return {
      isComplete: () => parts !== undefined || haveAllCome(counts, times),
      take() {
        while (!parts) open.shift()!();
        return parts;
      },
    };
  };
  return (values) =>
    values.length <= doublesPerSlot
      ? give(values)
      : inPieces(values, size, give);
}

/** As many numbers as there are, one piece after the other. */
function inPieces(values: Float64Array, size: number, give: Gather): Gathered {
  const gathered = Array.from(
    { length: size },
    () => new Float64Array(values.length),
  );
  for (let start = 0; start < values.length; start += doublesPerSlot) {
    const piece = values.subarray(start, start + doublesPerSlot);
    give(piece).take().forEach((part, of) => gathered[of]!.set(part, start));
  }
  return { isComplete: () => true, take: () => gathered };
}
