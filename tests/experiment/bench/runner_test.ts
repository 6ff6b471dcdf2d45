import { startRunner } from "../../../lib/experiment/bench/runner.ts";
import { assert, assertEquals, assertRejects } from "../../assert.ts";
import { permittedTest } from "../../permitted.ts";
import { fakeLaunch } from "./fakes.ts";

const never = new AbortController().signal;

permittedTest(
  "a runner answers one request after the other",
  ["run"],
  async () => {
    const runner = startRunner(fakeLaunch("one"), never);
    try {
      const first = await runner.ask<{ request: string }>("train 28 120");
      assertEquals(first.request, "train 28 120");
      const { seconds } = await runner.ask<{ seconds: number }>("mine 120");
      assertEquals(seconds, 2);
    } finally {
      await runner.end();
    }
  },
);

permittedTest("a runner that dies says why, each time it is asked", [
  "run",
], async () => {
  const runner = startRunner(fakeLaunch("one", { failsAt: 2 }), never);
  await runner.ask("train");
  const reason = 'one ended with code 1 at "infer": RangeError: out of memory';
  await assertRejects(() => runner.ask("infer"), Error, reason);
  await assertRejects(() => runner.ask("again"), Error, "out of memory");
  await runner.end();
});

permittedTest(
  "a runner that dies is not misunderstood for a driver's complaint",
  [
    "run",
  ],
  async () => {
    const code = 'console.error("error: no display"); throw Error("no GPU")';
    const args = ["eval", code];
    const launch = { name: "one", program: Deno.execPath(), args };
    const runner = startRunner(launch, never);
    await assertRejects(() => runner.ask("train"), Error, ": Error: no GPU");
    await runner.end();
  },
);

permittedTest("a runner that is no program says so", ["run"], async () => {
  const launch = { name: "none", program: "/no/such/program", args: [] };
  const runner = startRunner(launch, never);
  await assertRejects(
    () => runner.ask("train"),
    Error,
    "none cannot be started: ",
  );
  await runner.end();
});

permittedTest("end() and the signal end a runner at work", [
  "run",
], async () => {
  const ended = startRunner(fakeLaunch("one"), never);
  const controller = new AbortController();
  const aborted = startRunner(fakeLaunch("two"), controller.signal);
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
