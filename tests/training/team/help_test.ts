import { Worker } from "node:worker_threads";
import { breakBarrier } from "../../../lib/training/team/barrier.ts";
import {
  allocateShared,
  viewShared,
} from "../../../lib/training/team/shared.ts";
import { assert, assertEquals } from "../../assert.ts";
import { permittedTest } from "../../permitted.ts";

interface End {
  ran: number;
  accepted: number;
  wrong: number;
  numTensors: number;
}

/** Lets threads do so many errands each, together; the last may leave early. */
async function doTogether(
  errands: number[],
  { length, last = length, rounds, leaves = false }: {
    length: number;
    last?: number;
    rounds: number;
    leaves?: boolean;
  },
): Promise<(End | { broken: boolean })[]> {
  const size = errands.length;
  const memory = allocateShared({ size, weights: 0, trained: 0 });
  const program = new URL("./helping.ts", import.meta.url);
  const threads = errands.map((errands, rank) => {
    const isLast = rank === size - 1;
    const lengths = [length, last];
    const workerData = { rank, memory, errands, lengths, rounds };
    const worker = new Worker(program, {
      workerData: { ...workerData, leaves: leaves && isLast },
    });
    const ready = Promise.withResolvers<void>();
    const end = Promise.withResolvers<End>();
    worker.on("message", (message) => {
      if (message === "ready") return ready.resolve();
      if (leaves && isLast) breakBarrier(viewShared(memory).counts);
      end.resolve(message);
      worker.terminate();
    });
    worker.on("error", end.reject);
    return { worker, ready: ready.promise, end: end.promise };
  });
  await Promise.all(threads.map(({ ready }) => ready));
  for (const { worker } of threads) worker.postMessage("go");
  return await Promise.all(threads.map(({ end }) => end));
}

for (const errands of [[30, 0], [0, 1, 20]]) {
  permittedTest(
    `threads with ${
      errands.join(", ")
    } errands take some of the others', and all are done`,
    ["read"],
    async () => {
      const rounds = 4;
      const ends = await doTogether(errands, { length: 1000, rounds }) as End[];
      ends.forEach(({ ran, accepted, wrong, numTensors }, rank) => {
        assertEquals(ran + accepted, errands[rank]! * rounds);
        assertEquals({ wrong, numTensors }, { wrong: 0, numTensors: 0 });
      });
      const most = errands.indexOf(Math.max(...errands));
      assert(ends[most]!.accepted > rounds, "hardly any was taken over");
    },
  );
}

permittedTest(
  "an errand of more numbers than a tray has stays where it is, and others go",
  ["read"],
  async () => {
    const how = { length: 100, last: 2 ** 23 + 1, rounds: 1 };
    const [alone] = await doTogether([1, 0], how) as End[];
    assertEquals(alone, { ran: 1, accepted: 0, wrong: 0, numTensors: 0 });
    const [end] = await doTogether([30, 0], how) as End[];
    assertEquals([end!.ran + end!.accepted, end!.wrong], [30, 0]);
    assert(end!.accepted > 1, "the large one kept the others back");
  },
);

permittedTest(
  "breakBarrier() frees a thread that has no errands left",
  ["read"],
  async () => {
    const how = { length: 10, rounds: 3, leaves: true };
    const [first] = await doTogether([2, 2], how);
    assertEquals(first, { broken: true });
  },
);
