import vm from "node:vm";
import { createRandom } from "../../../../lib/numeric/random.ts";
import { assert, assertEquals, assertThrows } from "../../../assert.ts";
import { permittedTest } from "../../../permitted.ts";
import { countPieces, meet } from "./test_tasks.ts";
import { awaitHelper, messageOf, type Subject, withPool } from "./with_pool.ts";

/** How often each of so many pieces is done. */
function count({ pool, memory }: Subject, pieces: number, rest = 0): number[] {
  const counts = memory.zeros(pieces);
  pool.parallel(countPieces, { counts, rest }, pieces);
  return memory.words(counts, pieces);
}
const ones = (count: number) => new Array(count).fill(1);

for (const helpers of [1, 2, 3, 4]) {
  permittedTest(
    `startPool() does each piece of thousands of tasks once, helpers: ${helpers}`,
    ["read"],
    () => {
      withPool({ helpers, program: "slow" }, (subject) => {
        awaitHelper(subject);
        const { pool, memory } = subject;
        const random = createRandom(helpers);
        const most = 20;
        const [counts, helped] = [memory.zeros(most), memory.zeros(1)];
        const expected = new Array(most).fill(0);
        for (let task = 0; task < 3000; task++) {
          const pieces = 1 + random.integer(most);
          // Some are over at once, before a helper has seen them.
          const rest = random.integer(4) === 0 ? 0.02 : 0;
          pool.parallel(countPieces, { counts, helped, rest }, pieces);
          for (let piece = 0; piece < pieces; piece++) expected[piece]++;
          assertEquals(memory.words(counts, most), expected);
        }
        const [byHelpers] = memory.words(helped, 1) as [number];
        assert(byHelpers > 100, `${byHelpers} pieces by helpers`);
      });
    },
  );
}

for (const who of ["helper", "caller"] as const) {
  permittedTest(`an error of a piece in the ${who} ends its call alone`, [
    "read",
  ], () => {
    withPool({ helpers: 2 }, (subject) => {
      const { pool, memory } = subject;
      for (let time = 0; time < 20; time++) {
        const words = memory.zeros(2);
        const fail = () => pool.parallel(meet, { words, fails: who }, 2);
        const error = assertThrows(fail, Error);
        const told = `the ${who} fails – as told`;
        if (who === "caller") assert(error instanceof RangeError);
        assertEquals(
          error.message,
          who === "caller"
            ? told
            : `Cannot run test: meet on several threads: ${told}`,
        );
        assertEquals(memory.words(words, 2), [2, 1]);
        assertEquals(count(subject, 9), ones(9));
      }
    });
  });
}

permittedTest(
  "a piece's error lets nobody begin what is left",
  ["read"],
  () => {
    withPool({ program: "ignorant" }, ({ pool, memory }) => {
      const counts = memory.zeros(1000);
      const until = performance.now() + 100_000;
      const repeat = () => {
        while (performance.now() < until) {
          memory.kernels.integers().fill(0, counts / 4, counts / 4 + 1000);
          pool.parallel(countPieces, { counts, rest: 1 }, 1000);
        }
      };
      assertEquals(
        messageOf(repeat),
        "Cannot run test: count pieces on several threads: " +
          "Cannot help: expected a known task, got test: count pieces",
      );
      const done = memory.words(counts, 1000).filter((n) => n === 1).length;
      assert(done < 900, `${done} pieces were done`);
    });
  },
);

permittedTest("operands that are too long for the threads' text run alone", [
  "read",
], () => {
  withPool({}, (subject) => {
    awaitHelper(subject);
    const { pool, memory } = subject;
    for (const [length, alone] of [[60_000, false], [66_000, true]] as const) {
      const [counts, helped] = [memory.zeros(50), memory.zeros(1)];
      const filler = "x".repeat(length);
      pool.parallel(countPieces, { counts, helped, rest: 1, filler }, 50);
      assertEquals(memory.words(counts, 50), ones(50));
      assertEquals(memory.words(helped, 1)[0] === 0, alone);
    }
  });
});

permittedTest("numbers of tasks begin anew", ["read"], () => {
  withPool({ program: "old" }, (subject) => {
    const { memory } = subject;
    Atomics.wait(memory.kernels.integers(), 1, 0, 100_000);
    // Each takes two numbers; it met the last of them after the fifth.
    for (let task = 0; task < 20; task++) awaitHelper(subject);
  });
});

permittedTest("a call that was stopped disturbs no later one", ["read"], () => {
  withPool({ helpers: 2 }, (subject) => {
    awaitHelper(subject);
    const { pool, memory } = subject;
    for (let time = 0; time < 10; time++) {
      const stopped = memory.zeros(100);
      const run = () =>
        pool.parallel(countPieces, { counts: stopped, rest: 20 }, 100);
      // As the stop button of a notebook does: nothing is caught or cleaned up.
      const stop = { timeout: 30 + time };
      assertEquals(
        messageOf(() => vm.runInNewContext("run()", { run }, stop)),
        `Script execution timed out after ${stop.timeout}ms`,
      );
      // One piece only, or several.
      const pieces = time % 2 ? 30 : 1;
      assertEquals(count(subject, pieces), ones(pieces));
      const seen = memory.words(stopped, 100);
      assert(seen.every((n) => n <= 1) && seen.includes(0));
      assertEquals(count(subject, 40, 1), ones(40));
      assertEquals(memory.words(stopped, 100), seen, "nobody goes on with it");
    }
  });
});
