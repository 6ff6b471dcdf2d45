import { fileURLToPath } from "node:url";
import { fastFlags, noFlags } from "../../backends/wasm/linking/tier.ts";
import { threadNumbers } from "../../backends/wasm/use_threads.ts";
import { checkValue } from "../../numeric/domain.ts";
import { optionsOf } from "../../numeric/options.ts";
import type { Launch } from "./runner.ts";

const kernelNames = ["cpu", "wasm", "ours", "webgpu"] as const;

/**
 * Whose kernels: TensorFlow.js's own as they are published, in plain JavaScript
 * (`cpu`) or WebAssembly (`wasm`), or this library's, in WebAssembly (`ours`) or
 * WebGPU's language.
 */
export type EngineKernels = typeof kernelNames[number];

/** What computes in a process of its own. */
export interface Engine {
  kernels: EngineKernels;
  /** Whether V8 is started with its revectorizer, as this library's tasks do; not by default. */
  flags?: boolean;
  /** Threads inside the kernels of `ours` (default 1). */
  threads?: number;
}

/** How to start the process of an engine. */
export function launchEngine(name: string, engine: Engine): Launch {
  const action = `start the engine "${name}"`;
  const { kernels, flags = false, threads = 1 } = optionsOf(action, engine);
  checkValue(action, "kernels", kernels, { type: "choice", of: kernelNames });
  checkValue(action, "flags", flags, { type: "boolean" });
  checkValue(action, "threads", threads, threadNumbers);
  const program = fileURLToPath(new URL("engine_program.ts", import.meta.url));
  const options = ["--no-prompt", "--allow-env", "--allow-read"];
  return {
    name,
    program: Deno.execPath(),
    args: ["run", "-q", ...options, program, kernels, String(threads)],
    env: { DENO_V8_FLAGS: flags ? fastFlags : noFlags },
  };
}
