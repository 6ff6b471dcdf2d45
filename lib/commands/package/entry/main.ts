/**
 * Training on TensorFlow.js's WASM backend: importing this module gives the 'wasm' backend
 * of TensorFlow.js 4.22 the kernels that it lacks, such as the gradients of convolutions
 * in their filters, and faster ones where training spends its time.
 *
 * ```ts ignore
 * import * as tf from "@tensorflow/tfjs";
 * import { useWasm } from "tfjs-wasm-training";
 * console.log((await useWasm()).description);
 * ```
 *
 * @module
 */
export {
  setWinograd,
  wasmKernels,
  type WinogradUse,
  winogradUse,
} from "../../../backends/wasm/mod.ts";
export {
  mostThreads,
  threadsInUse,
  useThreads,
  whyOneThread,
} from "../../../backends/wasm/use_threads.ts";
export { useWasm, type WasmDescription, type WasmOptions } from "./use_wasm.ts";
