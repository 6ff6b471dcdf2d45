import { startContestant } from "../../../lib/commands/bench/contestant.ts";
import { assert, assertEquals, assertRejects } from "../../assert.ts";
import { permittedTest } from "../../permitted.ts";
import { fakeLaunch } from "./subjects/fakes.ts";

const never = new AbortController().signal;

permittedTest(
  "a contestant answers one request after the other",
  ["run"],
  async () => {
    const contestant = startContestant(fakeLaunch("one"), never);
    try {
      const first = await contestant.ask<{ request: string }>("train 28 120");
      assertEquals(first.request, "train 28 120");
      const { seconds } = await contestant.ask<{ seconds: number }>("mine 120");
      assertEquals(seconds, 2);
    } finally {
      await contestant.end();
    }
  },
);

permittedTest("a contestant that dies says why, each time it is asked", [
  "run",
], async () => {
  const contestant = startContestant(fakeLaunch("one", { failsAt: 2 }), never);
  await contestant.ask("train");
  const reason = 'one ended with code 1 at "infer": RangeError: out of memory';
  await assertRejects(() => contestant.ask("infer"), Error, reason);
  await assertRejects(() => contestant.ask("again"), Error, "out of memory");
  await contestant.end();
});

permittedTest("a contestant that is no program says so", ["run"], async () => {
  const launch = { name: "none", program: "/no/such/program", args: [] };
  const contestant = startContestant(launch, never);
  await assertRejects(
    () => contestant.ask("train"),
    Error,
    "none cannot be started: ",
  );
  await contestant.end();
});

permittedTest("end() and the signal end a contestant at work", [
  "run",
], async () => {
  const ended = startContestant(fakeLaunch("one"), never);
  const controller = new AbortController();
  const aborted = startContestant(fakeLaunch("two"), controller.signal);
  await Promise.all([ended.ask("train"), aborted.ask("train")]);
  const asked = [ended, aborted].map((one) =>
    assertRejects(() => one.ask("sleep"), Error, "ended with SIG")
  );
  controller.abort();
  await ended.end();
  const errors = await Promise.all(asked);
  assert(errors.every(({ message }) => message.includes('at "sleep"')));
  await aborted.end();
});
