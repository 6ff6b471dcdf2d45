import { wasmKernels } from "./mod.ts";
import { coreCount } from "./threads/most_threads.ts";
import { threadsInUse, whyOneThread } from "./use_threads.ts";

/** What the wasm backend says of itself. */
export interface WasmFacts {
  /** Which form of the kernels runs: see {@linkcode wasmKernels}. */
  kernels: "plain" | "flags";
  /** Threads that work inside the kernels. */
  threads: number;
  /** All of it for people, with the reason where there is one thread only. */
  text: string;
}

/**
 * Describes the wasm backend.
 *
 * @throws {Error} If it has not been used yet.
 */
export function describeWasm(): WasmFacts {
  const kernels = wasmKernels();
  const width = kernels === "flags" ? "256-bit" : "128-bit";
  const threads = threadsInUse();
  const isOneCore = threads === 1 && coreCount() === 1;
  const reason = whyOneThread() ?? (isOneCore && "there is one core");
  const all = `${threads} ${threads === 1 ? "thread" : "threads"}`;
  const text = `WebAssembly with SIMD and ${width} training kernels, ${all}` +
    (reason ? ` (${reason})` : "");
  return { kernels, threads, text };
}
