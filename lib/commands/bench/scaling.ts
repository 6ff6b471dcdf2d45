/**
 * How fast teams of more threads than this machine has cores should be, by
 * calculation from what one thread was measured at.
 *
 * @module
 */
import type { Contender } from "./contenders.ts";
import { startContestant } from "./contestant.ts";
import type { Scaling, ScalingRow } from "./contract.ts";
import { batches } from "./plan.ts";
import type { Timing } from "./serve.ts";
import { textTable } from "./text_table.ts";
import { summarize } from "./statistics.ts";

const size = 28;
const batch = batches[size];
const threadCounts = [1, 2, 4, 8, 16];

/** What one thread was measured at, in seconds. */
export interface Parts {
  /** A training step, by the number of images. */
  steps: ReadonlyMap<number, number>;
  /** Adam for all weights. */
  adam: number;
  /** Copying all gradients to memory that threads share, */
  give: number;
  /** adding all gradients from there, */
  add: number;
  /** and copying all weights from there. */
  take: number;
}

/** Measures the parts: medians of some rounds. */
export async function measureScaling(
  { tier, launch }: Contender,
  rounds: number,
  signal: AbortSignal,
): Promise<Scaling> {
  const contestant = startContestant(launch, signal);
  const shares = [
    ...new Set(threadCounts.flatMap((threads) => [
      Math.ceil(batch / threads),
      batch / 2,
    ])),
  ];
  const requests = [
    ...shares.map((images) => `train ${size} ${images} 1`),
    ...["adam", "give", "add", "take"].map((part) => `${part} ${size}`),
  ];
  const times = new Map(requests.map((request) => [request, [] as number[]]));
  try {
    for (let round = 0; round <= rounds; round++) {
      for (const request of requests) {
        const { seconds } = await contestant.ask<Timing>(request);
        if (round > 0) times.get(request)!.push(seconds);
      }
    }
  } finally {
    await contestant.end();
  }
  const median = (request: string) => summarize(times.get(request)!).median;
  const part = (name: string) => median(`${name} ${size}`);
  return {
    tier: tier!,
    network: `NN2-${size}`,
    rows: expectedSpeeds({
      steps: new Map(
        shares.map((images) => [images, median(`train ${size} ${images} 1`)]),
      ),
      adam: part("adam"),
      give: part("give"),
      add: part("add"),
      take: part("take"),
    }),
  };
}

/**
 * The time of a step on n threads: that of one thread with its share of the
 * images, but for Adam, which does an nth of the weights; and what it gives to the
 * others and takes from them. Waiting for each other, and for memory that all
 * cores share, is not in it.
 */
export function expectedSpeeds(parts: Parts): ScalingRow[] {
  const { steps, adam, give, add, take } = parts;
  const seconds = (threads: number, images: number) => {
    const alone = steps.get(images)!;
    if (threads === 1) return alone;
    // Of n parts of a gradient a thread gives n − 1, and adds as many to its own;
    // of the weights it gives a part and takes n − 1.
    const others = (threads - 1) / threads;
    return alone - adam + adam / threads + give + (add + take) * others;
  };
  const speed = (threads: number, images: number) =>
    threads * images / seconds(threads, images);
  return threadCounts.map((threads) => {
    const share = Math.ceil(batch / threads);
    return {
      threads,
      sameBatch: batch / seconds(threads, share),
      largerBatch: speed(threads, batch / 2),
    };
  });
}

/** The table, for people. */
export function scalingTable(
  { tier, network, rows }: Scaling,
): string {
  const [alone] = rows as [ScalingRow];
  const times = (speed: number, of: number) => (speed / of).toFixed(1);
  return [
    `Expected, not measured: ${network} on more cores (kernels "${tier}"), calculated from one thread's`,
    "steps and copies as if threads never waited for each other or for memory",
    textTable([
      [
        ...["threads", `images/s, batch ${batch}`, "times one thread"],
        ...[`images/s, ${batch / 2} a thread`, "times one thread"],
      ],
      ...rows.map(({ threads, sameBatch, largerBatch }) => [
        String(threads),
        sameBatch.toFixed(0),
        times(sameBatch, alone.sameBatch),
        largerBatch.toFixed(0),
        times(largerBatch, alone.largerBatch),
      ]),
    ]),
  ].join("\n");
}
