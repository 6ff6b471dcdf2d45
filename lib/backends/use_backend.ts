import * as tf from "@tensorflow/tfjs";
import { checkValue } from "../numeric/domain.ts";
import { optionsOf } from "../numeric/options.ts";
import {
  type BackendDescription,
  describeBackend,
} from "./describe_backend.ts";
import {
  deviceName,
  findAdapter,
  isSoftwareDevice,
} from "./webgpu/device/adapter.ts";
import { provideModule } from "./wasm/runtime/provide_module.ts";
import { threadNumbers, useThreads } from "./wasm/use_threads.ts";

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
 * - `"webgpu"`: a GPU with this library's training kernels. Values have to be awaited
 *   there, as in `await tensor.data()`. A software device, which computes on the CPU
 *   and is slower than wasm, is taken too where there is no other; the description
 *   says so.
 * - `"auto"`: webgpu where there is a real GPU, else wasm with all cores. The
 *   description says which, and why.
 *
 * Tensors stay with their backend. To use them on another one after webgpu, await their
 * values first.
 *
 * @throws {RangeError} If the name is not one of these.
 * @throws {DeviceError} If there is no GPU for webgpu, with what helps on this system.
 * @throws {Error} If the backend does not start for another reason; none takes its place.
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
  if (name === "webgpu") await startWebGpu();
  if (!await tf.setBackend(name)) {
    throw new Error(
      `Cannot use the ${name} backend: expected it to start, but tfjs reported a failure`,
    );
  }
  await tf.ready();
  if (name === "cpu") skipGreeting();
  if (name === "wasm" && threads !== undefined) useThreads(threads);
  return describeBackend(name);
}

/** The first tensor on tfjs's cpu backend prints an advertisement in Deno. */
function skipGreeting(): void {
  const test = tf.env().getBool("IS_TEST");
  tf.env().set("IS_TEST", true);
  tf.scalar(0).dispose();
  tf.env().set("IS_TEST", test);
}

/** Loads what only a GPU needs, and starts it. */
async function startWebGpu(): Promise<void> {
  await import("./webgpu/mod.ts");
  const { startBackend } = await import("./webgpu/device/create_backend.ts");
  await startBackend();
}

async function useBest(options: BackendOptions): Promise<BackendDescription> {
  const adapter = await findAdapter();
  const reason = !adapter
    ? "WebGPU finds no GPU here"
    : isSoftwareDevice(adapter.info)
    ? `the only device of WebGPU is software: ${deviceName(adapter.info)}`
    : undefined;
  if (reason !== undefined) {
    return chosen(await useBackend("wasm", options), reason);
  }
  try {
    return chosen(await useBackend("webgpu"), "it is a real GPU");
  } catch (error) {
    const wasm = await useBackend("wasm", options);
    return chosen(wasm, `the GPU does not start: ${(error as Error).message}`);
  }
}

const chosen = (backend: BackendDescription, reason: string) => ({
  ...backend,
  description: `${backend.description}; chosen because ${reason}`,
});
