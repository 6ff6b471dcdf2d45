import {
  colleagues,
  type Errand,
  type Gathered,
} from "../../backends/divided_batch.ts";
import type { Halfway } from "./layer_pass.ts";

/**
 * Does some pieces of work together: each goes half way and gives the other threads
 * of the batch what they need of it, then all are finished. As long as others are
 * awaited, what needs nothing of them is done.
 *
 * @param later What nothing waits for. What is done of it is taken out.
 * @returns What each piece gives.
 */
export function meet<T>(
  work: readonly (() => Halfway<T>)[],
  later: Errand[] = [],
): T[] {
  const pieces = work.map((begin) => {
    const piece = begin();
    return { piece, gathered: piece.given && give(piece.given) };
  });
  const alone = pieces.map(({ piece, gathered }) =>
    gathered ? undefined : [piece.finish([])]
  );
  return pieces.map(({ piece, gathered }, i) => {
    if (!gathered) return alone[i]![0]!;
    while (later.length > 0 && !gathered.isComplete()) later.shift()!.run();
    return piece.finish(gathered.take());
  });
}

/** To the other threads, where there are some. */
function give(values: Float64Array): Gathered {
  return colleagues()?.gather(values) ??
    { isComplete: () => true, take: () => [values] };
}
