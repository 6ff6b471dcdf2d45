/**
 * A thread that meets others at a barrier, again and again.
 *
 * @module
 */
import { parentPort, workerData } from "node:worker_threads";
import {
  BrokenBarrier,
  waitForAll,
} from "../../../lib/training/team/barrier.ts";
import { createGather } from "../../../lib/training/team/gather.ts";
import {
  type SharedMemory,
  viewShared,
} from "../../../lib/training/team/shared.ts";

const { rank, memory, rounds, length, leaves } = workerData as {
  rank: number;
  memory: SharedMemory;
  rounds: number;
  /** How many numbers are exchanged in a round. */
  length: number;
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
    const own = Float64Array.from(
      { length },
      (_, i) => 1e6 * rank + 1000 * round + i,
    );
    gather(own)().forEach((values, of) => {
      if (values.length !== length) wrong++;
      values.forEach((value, i) => {
        if (value !== 1e6 * of + 1000 * round + i) wrong++;
      });
    });
    waitForAll(shared.control, shared.size);
  }
  parentPort!.postMessage({ wrong });
} catch (error) {
  parentPort!.postMessage({ broken: error instanceof BrokenBarrier });
}
