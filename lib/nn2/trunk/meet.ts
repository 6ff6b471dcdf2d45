import { batchGather } from "../../backends/batch_statistics.ts";
import { joinArrays, splitArray } from "./joined_arrays.ts";
import type { Halfway } from "./layer_pass.ts";

/**
 * Does some pieces of work together: all go half way, what they give is exchanged
 * with the other threads of the batch at once, and all are finished. While the
 * others are awaited, what needs nothing of them is done.
 *
 * @returns What each piece gives.
 */
export function meet<T>(work: readonly (() => Halfway<T>)[]): T[] {
  const pieces = work.map((begin) => begin());
  const given = pieces.map(({ given }) => given ?? new Float64Array(0));
  const receive = exchange(given);
  const alone = pieces.map((piece) =>
    piece.given ? undefined : [piece.finish([])]
  );
  const parts = receive();
  return pieces.map((piece, i) =>
    alone[i] ? alone[i][0]! : piece.finish(parts.map((part) => part[i]!))
  );
}

/** Gives some arrays; what it returns waits for those of each thread. */
function exchange(given: readonly Float64Array[]): () => Float64Array[][] {
  const gather = batchGather();
  const joined = joinArrays(given);
  if (!gather || joined.length === 0) return () => [[...given]];
  const receive = gather(joined);
  return () => receive().map((part) => splitArray(part, given));
}
