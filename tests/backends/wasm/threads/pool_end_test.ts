import { assert, assertEquals } from "../../../assert.ts";
import { permittedTest } from "../../../permitted.ts";
import { countPieces, meet } from "./test_tasks.ts";
import {
  awaitHelper,
  messageOf,
  startSubject,
  type Subject,
  withPool,
} from "./with_pool.ts";

function assertCounts({ pool, memory }: Subject): void {
  const counts = memory.zeros(10);
  pool.parallel(countPieces, { counts }, 10);
  assertEquals(memory.words(counts, 10), new Array(10).fill(1));
}

permittedTest("end() frees all that threads took, and they write no more", [
  "read",
], () => {
  for (let time = 0; time < 6; time++) {
    const subject = startSubject({ helpers: 3 });
    const { pool, memory } = subject;
    awaitHelper(subject);
    pool.parallel(meet, { words: memory.zeros(2), bytes: 500 }, 2);
    assert(memory.blocks() > 0, "a helper has a block");
    for (let task = 0; task < time; task++) assertCounts(subject);
    pool.end();
    assertEquals(memory.blocks(), 0);
    pool.end();
    assertEquals(memory.blocks(), 0);
    // The thread that called still does what it is asked.
    assertCounts(subject);
    memory.check();
  }
});

permittedTest(
  "end() does not wait for threads that have not begun",
  ["read"],
  async () => {
    const subjects = [0, 30, 60, 90, 120].map((milliseconds) => {
      const subject = startSubject({ helpers: 2 });
      const begin = performance.now();
      while (performance.now() - begin < milliseconds);
      subject.pool.end();
      assertEquals(subject.memory.blocks(), 0);
      return subject;
    });
    // Nor do they write when they come later.
    await new Promise((resolve) => setTimeout(resolve, 500));
    for (const { memory } of subjects) memory.check();
  },
);

for (const program of ["absent", "broken"] as const) {
  permittedTest(
    `the caller does all where a thread is ${program}`,
    ["read"],
    async () => {
      for (let time = 0; time < 2; time++) {
        const subject = startSubject({ helpers: 2, program });
        for (let task = 0; task < 100; task++) assertCounts(subject);
        if (time) await new Promise((resolve) => setTimeout(resolve, 300));
        assertCounts(subject);
        subject.pool.end();
        assertEquals(subject.memory.blocks(), 0);
        subject.memory.check();
      }
    },
  );
}

permittedTest("a thread that dies in a piece ends the call with an error", [
  "read",
], () => {
  const subject = startSubject({ program: "dying", patience: 500 });
  const { pool, memory } = subject;
  const counts = memory.zeros(50);
  const until = performance.now() + 100_000;
  const repeat = () => {
    while (performance.now() < until) {
      pool.parallel(countPieces, { counts, rest: 2 }, 50);
    }
  };
  assertEquals(
    messageOf(repeat),
    "Cannot go on with test: count pieces: expected all threads to do their " +
      "pieces, got none of a thread that seems to have ended",
  );
  for (let task = 0; task < 100; task++) assertCounts(subject);
  pool.end();
  memory.check();
});

permittedTest("a slow piece is not a dead thread as long as others do theirs", [
  "read",
], () => {
  withPool({ patience: 2000 }, (subject) => {
    awaitHelper(subject);
    const { pool, memory } = subject;
    const counts = memory.zeros(2);
    pool.parallel(countPieces, { counts, rest: 600 }, 2);
    assertEquals(memory.words(counts, 2), [1, 1]);
  });
});
