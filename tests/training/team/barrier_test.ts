import { Worker } from "node:worker_threads";
import {
  breakBarrier,
  BrokenBarrier,
  come,
  waitForAll,
} from "../../../lib/training/team/barrier.ts";
import {
  allocateShared,
  doublesPerSlot,
  slotSets,
  viewShared,
} from "../../../lib/training/team/shared.ts";
import { assertEquals, assertThrows } from "../../assert.ts";
import { permittedTest } from "../../permitted.ts";

/** Lets some threads meet; the last of them may leave a round early. */
async function meet(
  { size, rounds, length, open = 1, leaves = false }: {
    size: number;
    rounds: number;
    length: number;
    open?: number;
    leaves?: boolean;
  },
): Promise<unknown[]> {
  const memory = allocateShared({ size, weights: 0, trained: 0 });
  const { counts } = viewShared(memory);
  const ends = Array.from({ length: size }, (_, rank) => {
    const isLast = rank === size - 1;
    const workerData = {
      rank,
      memory,
      rounds,
      length,
      open,
      leaves: leaves && isLast,
    };
    const worker = new Worker(new URL("./meeting.ts", import.meta.url), {
      workerData,
    });
    const end = Promise.withResolvers<unknown>();
    worker.on("message", (message) => {
      if (leaves && isLast) breakBarrier(counts);
      end.resolve(message);
      worker.terminate();
    });
    worker.on("error", end.reject);
    return end.promise;
  });
  return await Promise.all(ends);
}

for (const length of [1, 3, doublesPerSlot + 5]) {
  permittedTest(
    `threads that gather ${length} numbers see what each of them gave, in every round`,
    ["read"],
    async () => {
      const rounds = length > 100 ? 20 : 500;
      const ends = await meet({ size: 3, rounds, length });
      assertEquals(ends, [{ wrong: 0 }, { wrong: 0 }, { wrong: 0 }]);
    },
  );
}

permittedTest(
  "threads may give more often than there are slots before they read",
  ["read"],
  async () => {
    const open = slotSets + 3;
    const ends = await meet({ size: 3, rounds: 200, length: 2, open });
    assertEquals(ends, [{ wrong: 0 }, { wrong: 0 }, { wrong: 0 }]);
  },
);

permittedTest(
  "breakBarrier() frees the threads that wait for one that has left",
  ["read"],
  async () => {
    const ends = await meet({ size: 3, rounds: 5, length: 1, leaves: true });
    assertEquals(ends, [{ broken: true }, { broken: true }, { wrong: 0 }]);
  },
);

Deno.test("waitForAll() fails at once when the barrier was broken before", () => {
  const { counts } = viewShared(
    allocateShared({ size: 2, weights: 0, trained: 0 }),
  );
  breakBarrier(counts);
  const fails = () => waitForAll(counts, come(counts, 0));
  assertThrows(fails, BrokenBarrier, "one that failed");
});
