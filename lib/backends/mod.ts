/**
 * What computes: TensorFlow.js on WebAssembly with this library's kernels and
 * threads, on plain JavaScript or on a GPU. Importing this room brings tfjs's WASM
 * module along; the kernels alone, for models of your own, are
 * `@facenet/mnist/backends/wasm`.
 *
 * @module
 */
export {
  type BackendDescription,
  type BackendName,
  useBackend,
} from "./use_backend.ts";
export {
  setWinograd,
  type WinogradUse,
  winogradUse,
} from "./wasm/winograd/use.ts";
