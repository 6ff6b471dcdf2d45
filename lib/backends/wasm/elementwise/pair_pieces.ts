import type { Host } from "../runtime/host.ts";
import { cutByValues, type CutUnits, unitsOf } from "../runtime/row_pieces.ts";
import type { Task } from "../threads/task.ts";

/** Values at an address, repeated as often as needed: the first follows the last. */
export interface Repeated {
  at: number;
  /** How many there are. */
  period: number;
}

interface PairWork extends CutUnits {
  /** The function's name. */
  name: string;
  a: Repeated;
  b: Repeated;
  y: number;
}

/** Applies a function to some pairs of values. */
export const applyToPairs: Task<PairWork> = {
  name: "apply to pairs",
  run({ call }, { name, a, b, y, ...cut }, piece) {
    const { first, count } = unitsOf(cut, piece);
    for (let i = first, run = 0; i < first + count; i += run) {
      const [fromA, fromB] = [i % a.period, i % b.period];
      run = Math.min(first + count - i, a.period - fromA, b.period - fromB);
      call[name]!(a.at + 4 * fromA, b.at + 4 * fromB, y + 4 * i, run);
    }
  },
};

/** Applies a function of the module to pairs of values, on all threads. */
export function applyPairs(
  host: Host,
  name: string,
  [a, b]: [Repeated, Repeated],
  y: number,
  count: number,
): void {
  const cut = cutByValues(count, 3, 16);
  const [longA, longB] = [
    spread(host, "a", a, count),
    spread(host, "b", b, count),
  ];
  const work = { name, a: longA, b: longB, y, ...cut };
  host.parallel(applyToPairs, work, cut.pieces);
}

/** Values that are worth a call of a function. */
const mostCopied = 4096;

/** The same, with a longer period, as far as there are so many values. */
function spread(
  host: Host,
  name: string,
  given: Repeated,
  count: number,
): Repeated {
  const { at, period } = given;
  const length = period * Math.floor(Math.min(mostCopied, count) / period);
  if (length <= period) return given;
  const copies = host.scratch(`repeated ${name}`, 4 * mostCopied) / 4;
  const floats = host.floats();
  floats.copyWithin(copies, at / 4, at / 4 + period);
  for (let done = period; done < length; done *= 2) {
    const more = Math.min(done, length - done);
    floats.copyWithin(copies + done, copies, copies + more);
  }
  return { at: 4 * copies, period: length };
}
