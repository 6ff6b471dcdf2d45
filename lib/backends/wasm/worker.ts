/**
 * The program of a thread of a pool: it waits for a task, helps with its pieces,
 * and ends when the pool does.
 *
 * @module
 */
import { tasks } from "./tasks.ts";
import { serve } from "./threads/serve.ts";
import { receiveStart } from "./threads/start_worker.ts";

await serve(await receiveStart(), tasks);
