import * as tf from "@tensorflow/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import simdModule from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm" with {
  type: "bytes",
};
import { checkValue } from "../numeric/domain.ts";
import { optionsOf } from "../numeric/options.ts";
import { wasmKernels } from "./wasm/mod.ts";
import { whyAlone } from "./wasm/threads/most_threads.ts";
import { shareMemory } from "./wasm/threads/share_memory.ts";
import {
  threadNumbers,
  threadsInUse,
  useThreads,
  whyOneThread,
} from "./wasm/use_threads.ts";

/** What may compute; `auto` takes a GPU where there is one, else WebAssembly. */
export type BackendName = "wasm" | "cpu" | "webgpu" | "auto";

/** Settings of a backend; those that it does not know are checked and left alone. */
export interface BackendOptions {
  /**
   * Threads that work inside the kernels of the wasm backend (default: those that
   * it has by now, at first one for each core). See {@linkcode useThreads}.
   */
  threads?: number | undefined;
}

/** What computes from now on. */
export interface BackendDescription {
  /** The name in tfjs. */
  backend: "wasm" | "cpu" | "webgpu";
  /**
   * The kernels: this library's without V8 flags ("plain") or with them
   * ("flags"), or tfjs's own ("stock").
   */
  kernels: "plain" | "flags" | "stock";
  /** Threads that work inside the kernels. */
  threads: number;
  /** One line for people. */
  description: string;
}

const names = {
  type: "choice",
  of: ["wasm", "cpu", "webgpu", "auto"] satisfies BackendName[],
} as const;

/**
 * Makes a tfjs backend ready for training and describes it. It works in a
 * Worker as well, and needs no permission.
 *
 * - `"wasm"`: WebAssembly with SIMD and this library's training kernels.
 * - `"cpu"`: tfjs's plain JavaScript, the slow reference.
 * - `"webgpu"`: a GPU; the program must have registered that backend.
 * - `"auto"`: webgpu where it is registered and starts, else wasm.
 *
 * @throws {RangeError} If the name is not one of these.
 * @throws {Error} If the backend does not start; none takes its place.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * const { backend, description } = await useBackend("wasm");
 * assert.equal(tf.getBackend(), backend);
 * assert.match(description, /WebAssembly/);
 * ```
 */
export async function useBackend(
  name: BackendName,
  options: BackendOptions = {},
): Promise<BackendDescription> {
  checkValue("use a backend", "its name", name, names);
  const { threads } = optionsOf("use a backend", options);
  if (threads !== undefined) {
    checkValue("use a backend", "threads", threads, threadNumbers);
  }
  if (name === "auto") return await useBest(options);
  if (name === "wasm") provideModule();
  const registered = tf.engine().registryFactory[name] !== undefined;
  if (!registered || !await tf.setBackend(name)) {
    throw new Error(
      `Cannot use the ${name} backend: expected it to start, ` +
        (registered
          ? "but tfjs reported a failure"
          : "but no package has registered it"),
    );
  }
  await tf.ready();
  if (name === "cpu") skipGreeting();
  if (name === "wasm" && threads !== undefined) useThreads(threads);
  return {
    backend: name,
    kernels: name === "wasm" ? wasmKernels() : "stock",
    threads: name === "wasm" ? threadsInUse() : 1,
    description: describe(name),
  };
}

/** The first tensor on tfjs's cpu backend prints an advertisement in Deno. */
function skipGreeting(): void {
  const test = tf.env().getBool("IS_TEST");
  tf.env().set("IS_TEST", true);
  tf.scalar(0).dispose();
  tf.env().set("IS_TEST", test);
}

async function useBest(options: BackendOptions): Promise<BackendDescription> {
  if (tf.engine().registryFactory["webgpu"] === undefined) {
    return await useBackend("wasm", options);
  }
  try {
    return await useBackend("webgpu");
  } catch (error) {
    const wasm = await useBackend("wasm", options);
    const description = `${wasm.description} (${(error as Error).message})`;
    return { ...wasm, description };
  }
}

function describe(name: BackendDescription["backend"]): string {
  const version = `TensorFlow.js ${tf.version["tfjs-core"]}`;
  if (name === "wasm") {
    const width = wasmKernels() === "flags" ? "256-bit" : "128-bit";
    const threads = threadsInUse();
    const isOneCore = threads === 1 && navigator.hardwareConcurrency === 1;
    const reason = whyOneThread() ?? (isOneCore && "there is one core");
    const all = `${threads} ${threads === 1 ? "thread" : "threads"}`;
    return `WebAssembly with SIMD and ${width} training kernels, ${all}${
      reason ? ` (${reason})` : ""
    }, ${version}`;
  }
  return {
    cpu: `plain JavaScript, 1 thread, ${version}`,
    webgpu: `WebGPU, ${version}`,
  }[name];
}

let provided = false;

/**
 * Hands tfjs the bytes of its own module. Otherwise it would read them from a
 * file, and without the permission for that fall back to cpu without a word.
 */
function provideModule(): void {
  if (provided) return;
  provided = true;
  // Where threads can start, the module gets a memory that they can share.
  const module = whyAlone() === undefined && shareMemory(simdModule);
  const url = URL.createObjectURL(
    new Blob([module || simdModule as BlobPart], { type: "application/wasm" }),
  );
  const usePlatformFetch = true;
  setWasmPaths({
    "tfjs-backend-wasm.wasm": url,
    "tfjs-backend-wasm-simd.wasm": url,
    "tfjs-backend-wasm-threaded-simd.wasm": url,
  }, usePlatformFetch);
}
