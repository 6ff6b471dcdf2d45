/**
 * A process with threads that help, for process_test.ts: what it does is its first
 * argument, what it finds out it prints.
 *
 * @module
 */
import process from "node:process";
import { assert, assertThrows } from "../../../../assert.ts";
import { countPieces } from "../test_tasks.ts";
import { awaitHelper, startSubject } from "../with_pool.ts";

const begin = () => {
  const subject = startSubject({ helpers: 3 });
  awaitHelper(subject);
  return subject;
};
const sleep = (milliseconds: number) =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** How many threads of Workers the system counts in this process. */
async function threads(): Promise<number> {
  const args = ["-c", `cat /proc/${Deno.pid}/task/*/comm`];
  const { stdout } = await new Deno.Command("sh", { args }).output();
  return new TextDecoder().decode(stdout).match(/^worker-/gm)?.length ?? 0;
}

/** Waits until there is none. */
async function awaitEnd(): Promise<void> {
  for (let look = 0; await threads() > 0; look++) {
    assert(look < 200, `${await threads()} threads`);
    await sleep(50);
  }
}

/** A Worker with threads of its own, that runs until it is terminated. */
async function startWorker(): Promise<Worker> {
  const url = new URL("./process_worker.ts", import.meta.url);
  const worker = new Worker(url, { type: "module" });
  await new Promise((resolve) => worker.onmessage = resolve);
  return worker;
}

const programs: Record<string, () => unknown> = {
  /** Leaves it to the system to end the threads. */
  exits: () => void begin(),
  "throws an error"() {
    begin();
    throw new Error("as told");
  },
  async "ends its pool"() {
    const { pool } = begin();
    assert(await threads() === 3);
    pool.end();
    await awaitEnd();
  },
  async "ends threads that do not start"() {
    const { pool } = startSubject({ helpers: 3, program: "absent" });
    await sleep(500);
    assert(await threads() === 3);
    pool.end();
    await awaitEnd();
  },
  async "has a thread that dies"() {
    const { pool, memory } = startSubject({
      helpers: 3,
      program: "dying",
      patience: 200,
    });
    const counts = memory.zeros(50);
    assertThrows(
      () => {
        for (;;) pool.parallel(countPieces, { counts, rest: 2 }, 50);
      },
      Error,
      "Cannot go on",
    );
    await awaitEnd();
  },
  async "ends a Worker"() {
    const worker = await startWorker();
    assert(await threads() === 4);
    worker.terminate();
    await awaitEnd();
  },
  async "is idle"() {
    begin();
    // V8 still compiles and collects for a while.
    await sleep(1000);
    const { user, system } = process.cpuUsage();
    await sleep(1000);
    const used = process.cpuUsage({ user, system });
    const share = (used.user + used.system) / 1e6;
    assert(share < 0.05, `${share} of a core`);
  },
};

await programs[Deno.args[0]!]!();
console.log("done");
