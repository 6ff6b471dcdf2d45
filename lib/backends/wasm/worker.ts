/**
 * The program of a thread of a pool: it waits for a task, helps with its pieces,
 * and ends when the pool does.
 *
 * @module
 */
import { workerData } from "node:worker_threads";
import { tasks } from "./tasks.ts";
import { serve } from "./threads/serve.ts";

await serve(workerData, tasks);
