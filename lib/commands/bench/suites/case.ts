import type { Subject } from "../subjects/subject.ts";
import type { Launch } from "../../../experiment/bench/runner.ts";
import type { RowHead } from "../report/contract.ts";

/** Something to measure again and again. */
export interface Case {
  /** What its row says besides the numbers. */
  row: RowHead;
  /** One of several ways to do the same; the fastest becomes the row. */
  variant?: string;
  /** Measured in so many rounds at most, because it takes so long. */
  mostRounds?: number;
  launch: Launch;
  /** What its runner is asked. */
  request: string;
}

/** What a network is to do. */
export interface Work extends Pick<Case, "variant" | "mostRounds"> {
  task: "train" | "infer";
  /** NN2 by the side of its images, or the small convnet. */
  network: 28 | 224 | "convnet";
  batch: number;
  /** How many do it at once (default 1). */
  processes?: number;
}

/** Lets a subject do some work. */
export function caseOf(
  { launch, ...who }: Subject,
  { task, network, batch, processes = 1, ...how }: Work,
): Case {
  const name = network === "convnet" ? network : `NN2-${network}` as const;
  return {
    row: { task, network: name, batch, ...who, processes },
    ...how,
    launch,
    request: [task, network, batch, how.variant ?? ""].join(" ").trim(),
  };
}
