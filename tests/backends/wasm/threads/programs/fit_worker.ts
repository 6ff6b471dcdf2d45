/** A Worker that trains on two threads and says what came of it. */
import { useBackend } from "../../../../../lib/backends/use_backend.ts";
import { fitLosses } from "./fit_losses.ts";

const { threads } = await useBackend("wasm", { threads: 2 });
(self as unknown as Worker).postMessage({ threads, losses: await fitLosses() });
