/** The program of a thread that tells its choice. */
import { serve } from "../../../lib/backends/threads/serve.ts";
import { winogradUse } from "../../../lib/backends/wasm/winograd_use.ts";

await serve(() => ({ use: winogradUse }));
