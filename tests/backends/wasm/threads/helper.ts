/**
 * Programs of helping threads. They are one file, as types are checked anew for each.
 *
 * @module
 */
import process from "node:process";
import { workerData } from "node:worker_threads";
import { word } from "../../../../lib/backends/wasm/threads/control.ts";
import { serve } from "../../../../lib/backends/wasm/threads/serve.ts";
import { tasks } from "../../../../lib/backends/wasm/tasks.ts";
import { here, type Program, programs, spin, testTasks } from "./test_tasks.ts";

here.isHelper = true;
const known = new Map([...tasks, ...testTasks]);

const words = new Int32Array(workerData.memory.buffer);
const run: Record<Program, () => void | Promise<void>> = {
  plain: () => serve(workerData, known),
  slow: () =>
    serve(workerData, known, (run) => {
      // Random on purpose: no result may depend on it.
      spin(Math.random() ** 8);
      run();
      spin(Math.random() ** 8);
    }),
  /** Has numbered tasks for long, and says so in the memory's second word. */
  old() {
    new Int32Array(workerData.control)[word.open] = 2 ** 31 - 10;
    Atomics.store(words, 1, 1);
    Atomics.notify(words, 1);
    return serve(workerData, known);
  },
  ignorant: () => serve(workerData, tasks),
  absent: () => new Promise(() => {}),
  broken() {
    throw new Error("this is a test's: a helper that does not start");
  },
  dying: () => serve(workerData, known, () => process.exit(3)),
};

await run[programs[words[0]!]!]();
