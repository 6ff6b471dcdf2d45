/**
 * The program of a thread of a pool: it waits for a task, helps with its pieces,
 * and ends when the pool does.
 *
 * @module
 */
import { workerData } from "node:worker_threads";
import { serve } from "./serve.ts";

await serve(workerData);
