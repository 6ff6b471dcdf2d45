/**
 * A thread that meets others at a barrier, again and again.
 *
 * @module
 */
import { parentPort, workerData } from "node:worker_threads";
import {
  BrokenBarrier,
  come,
  waitForAll,
} from "../../../lib/training/team/barrier.ts";
import { createGather } from "../../../lib/training/team/gather.ts";
import {
  type SharedMemory,
  viewShared,
} from "../../../lib/training/team/shared.ts";

const { rank, memory, rounds, length, open, leaves } = workerData as {
  rank: number;
  memory: SharedMemory;
  rounds: number;
  /** How many numbers are exchanged in a round. */
  length: number;
  /** How often it gives in a round before it reads, the last first. */
  open: number;
  /** Whether it does not come to the last round. */
  leaves: boolean;
};

const shared = viewShared(memory);
const gather = createGather(shared, rank);
let wrong = 0;
try {
  for (let round = 0; round < rounds - Number(leaves); round++) {
    // Some threads are late, each in its turn.
    if (round % shared.size === rank) {
      for (let i = 0; i < 3000; i++) Math.sqrt(i);
    }
    const numbers = (of: number, time: number) =>
      Float64Array.from(
        { length },
        (_, i) => 1e9 * of + 1e6 * time + 1000 * round + i,
      );
    const given = Array.from(
      { length: open },
      (_, time) => gather(numbers(rank, time)),
    );
    for (let time = open - 1; time >= 0; time--) {
      given[time]!.take().forEach((values, of) => {
        const expected = numbers(of, time);
        if (values.length !== length) wrong++;
        values.forEach((value, i) => wrong += Number(value !== expected[i]));
      });
      if (!given[time]!.isComplete()) wrong++;
    }
    waitForAll(shared.counts, come(shared.counts, rank));
  }
  parentPort!.postMessage({ wrong });
} catch (error) {
  parentPort!.postMessage({ broken: error instanceof BrokenBarrier });
}
