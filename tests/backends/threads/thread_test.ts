import { startThread } from "../../../lib/backends/threads/thread.ts";
import {
  assert,
  assertEquals,
  assertRejects,
  assertThrows,
} from "../../assert.ts";
import { permittedTest } from "../../permitted.ts";
import type { Counting } from "./counting.ts";

function startCounting(assignment: number, onDeath?: (error: Error) => void) {
  return startThread<Counting>({
    program: new URL("./counting.ts", import.meta.url),
    assignment,
    doing: "counting",
    name: "thread 2 of 3",
    ...(onDeath && { onDeath }),
  });
}

permittedTest(
  "a thread answers one question after the other",
  ["read"],
  async () => {
    const thread = startCounting(10);
    // Also those that it was asked before it was ready.
    const answers = [5, 3, 1].map((milliseconds) =>
      thread.ask("addSlowly", 1, milliseconds)
    );
    assertEquals(thread.unanswered(), 4);
    await thread.ready;
    assertEquals(await Promise.all(answers), [11, 12, 13]);
    assertEquals(thread.unanswered(), 0);
    thread.end();
  },
);

permittedTest(
  "a thread sends what is thrown, and goes on",
  ["read"],
  async () => {
    const thread = startCounting(0);
    const before = thread.ask("addSlowly", 1, 1);
    const failing = thread.ask("fail", "too many");
    const after = thread.ask("addSlowly", 1, 1);
    await assertRejects(() => failing, RangeError, "too many");
    assertEquals([await before, await after], [1, 2]);
    thread.end();
  },
);

permittedTest("a thread that cannot begin says why", ["read"], async () => {
  const thread = startCounting(-1);
  const early = thread.ask("addSlowly", 1, 1);
  const refused = [thread.ready, early].map((answer) =>
    assertRejects(() => answer, RangeError, "cannot count from -1")
  );
  await Promise.all(refused);
  thread.end();
});

permittedTest(
  "a thread that dies leaves no question without an answer",
  ["read"],
  async () => {
    const deaths: Error[] = [];
    const thread = startCounting(0, (error) => deaths.push(error));
    const message =
      "Cannot go on counting: expected an answer of thread 2 of 3, got its end (exit code 3)";
    const before = thread.ask("addSlowly", 1, 1);
    const exiting = thread.ask("exit");
    const after = thread.ask("addSlowly", 1, 1);
    await Promise.all([
      assertRejects(() => exiting, Error, message),
      assertRejects(() => after, Error, message),
    ]);
    assertEquals(await before, 1);
    await assertRejects(() => thread.ask("addSlowly", 1, 1), Error, message);
    assertEquals(deaths.map((death) => death.message), [message]);
  },
);

permittedTest(
  "a thread that is told to end refuses what is open and what comes later",
  ["read"],
  async () => {
    let died = false;
    const thread = startCounting(0, () => died = true);
    const open = thread.ask("addSlowly", 1, 1000);
    await thread.ready;
    thread.end();
    const message =
      "expected an answer of thread 2 of 3, got its end, as it was told";
    await assertRejects(() => open, Error, message);
    await assertRejects(() => thread.ask("addSlowly", 1, 1), Error, message);
    assertEquals(thread.unanswered(), 0);
    assert(!died);
  },
);

permittedTest(
  "a question that cannot be sent leaves the others their answers",
  ["read"],
  async () => {
    const thread = startCounting(0);
    const before = thread.ask("addSlowly", 1, 1);
    const unsendable = (() => {}) as unknown as number;
    assertThrows(() => thread.ask("addSlowly", unsendable, 1));
    const after = thread.ask("addSlowly", 5, 1);
    assertEquals([await before, await after], [1, 6]);
    thread.end();
  },
);
