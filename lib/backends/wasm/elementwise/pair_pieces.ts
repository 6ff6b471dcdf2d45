import { type ScratchSlot, scratchSlot } from "../linking/scratch.ts";
import type { Host } from "../runtime/host.ts";
import { cutByValues, type CutUnits, unitsOf } from "../runtime/row_pieces.ts";
import type { Task } from "../threads/task.ts";
import type { PairFunction } from "./functions.ts";

/** Values at an address, repeated as often as needed: the first follows the last. */
export interface Repeated {
  at: number;
  /** How many there are. */
  period: number;
}

interface PairWork extends CutUnits {
  a: Repeated;
  b: Repeated;
  y: number;
}

/** The task that applies a function to some pairs of values. */
export const pairTask = (code: PairFunction): Task<PairWork> => ({
  name: `${code.name} of pairs`,
  run(kernels, { a, b, y, ...cut }, piece) {
    const { first, count } = unitsOf(cut, piece);
    for (let i = first, run = 0; i < first + count; i += run) {
      const [fromA, fromB] = [i % a.period, i % b.period];
      run = Math.min(first + count - i, a.period - fromA, b.period - fromB);
      kernels.run(code, {
        a: a.at + 4 * fromA,
        b: b.at + 4 * fromB,
        y: y + 4 * i,
        count: run,
      });
    }
  },
});

const [copiesOfA, copiesOfB] = [
  scratchSlot("copies of a"),
  scratchSlot("copies of b"),
];

/**
 * Applies a function to pairs of values, on all threads.
 *
 * @param code One whose {@linkcode pairTask} is in the list of tasks.ts.
 */
export function applyToPairs(
  host: Host,
  code: PairFunction,
  [a, b]: readonly [Repeated, Repeated],
  y: number,
  count: number,
): void {
  const cut = cutByValues(count, 3, 16);
  const work = {
    a: spread(host, copiesOfA, a, count),
    b: spread(host, copiesOfB, b, count),
    y,
    ...cut,
  };
  host.parallel(pairTask(code), work, cut.pieces);
}

/** Values that are worth a call of a function. */
const mostCopied = 4096;

/** The same, with a longer period, as far as there are so many values. */
function spread(
  host: Host,
  slot: ScratchSlot,
  given: Repeated,
  count: number,
): Repeated {
  const { at, period } = given;
  const length = period * Math.floor(Math.min(mostCopied, count) / period);
  if (length <= period) return given;
  const copies = host.scratch(slot, 4 * mostCopied) / 4;
  const floats = host.floats();
  floats.copyWithin(copies, at / 4, at / 4 + period);
  for (let done = period; done < length; done *= 2) {
    const more = Math.min(done, length - done);
    floats.copyWithin(copies + done, copies, copies + more);
  }
  return { at: 4 * copies, period: length };
}
