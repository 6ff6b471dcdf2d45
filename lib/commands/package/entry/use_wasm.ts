import * as tf from "@tensorflow/tfjs";
import { describeWasm } from "../../../backends/wasm/describe_wasm.ts";
import { handModule } from "../../../backends/wasm/runtime/hand_module.ts";
import { setWorkerProgram } from "../../../backends/wasm/threads/start_worker.ts";
import {
  presentBackend,
  threadNumbers,
  useThreads,
} from "../../../backends/wasm/use_threads.ts";
import { checkValue } from "../../../numeric/domain.ts";
import { optionsOf } from "../../../numeric/options.ts";
import { type ModulePlace, readModule } from "./read_module.ts";

/** How the wasm backend is used. */
export interface WasmOptions {
  /**
   * Threads that work inside the kernels (default: one for each core, or 1 where there
   * can be no more).
   */
  threads?: number | undefined;
  /**
   * tfjs-backend-wasm-simd.wasm of TensorFlow.js 4.22.0: its address or its bytes. In
   * Node.js and Deno it is found without; a page that does not give it has one thread.
   */
  wasm?: ModulePlace | undefined;
  /**
   * The address of this package's worker.js, which threads run, where a bundler has
   * moved it (default: beside this module).
   */
  worker?: string | URL | undefined;
}

/** What computes from now on. */
export interface WasmDescription {
  /** "flags" where V8 pairs vectors and the kernels for that work, else "plain". */
  kernels: "plain" | "flags";
  /** Threads that work inside the kernels. */
  threads: number;
  /** One line for people. It says why there is one thread only, if that is so. */
  description: string;
}

setWorkerProgram(new URL("./worker.js", import.meta.url));

/**
 * Makes the 'wasm' backend ready for training, on several threads where these can be.
 * No result depends on their number. A backend that has started before keeps its
 * memory, and so its one thread.
 *
 * @throws {RangeError} If an option is not what it can be, or more than one thread is
 * asked for where there can be one only.
 * @throws {Error} If the backend does not start.
 */
export async function useWasm(
  options: WasmOptions = {},
): Promise<WasmDescription> {
  const { threads, wasm, worker } = optionsOf("use wasm", options);
  if (threads !== undefined) {
    checkValue("use wasm", "threads", threads, threadNumbers);
  }
  if (worker !== undefined) {
    setWorkerProgram(new URL(worker, globalThis.location?.href));
  }
  if (!presentBackend()) {
    // Its own threads would get in the way of these.
    tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
    const module = await readModule(wasm);
    if (module) handModule(module);
  }
  if (!await tf.setBackend("wasm")) {
    throw new Error(
      "Cannot use wasm: expected tfjs's backend to start, but it reported a failure",
    );
  }
  await tf.ready();
  if (threads !== undefined) useThreads(threads);
  const { text, ...facts } = describeWasm();
  const version = tf.version["tfjs-core"];
  return { ...facts, description: `${text}, TensorFlow.js ${version}` };
}
