/**
 * What computes: TensorFlow.js on WebAssembly with this library's kernels and
 * threads, on plain JavaScript or on a GPU. Importing this room brings tfjs's WASM
 * module along; what a GPU needs is loaded when `useBackend` is asked for one. The
 * kernels alone, for models of your own, are `@facenet/mnist/backends/wasm` and
 * `@facenet/mnist/backends/webgpu`.
 *
 * @module
 */
export type { BackendDescription } from "./describe_backend.ts";
export { awaitNumbers } from "./engine/await_numbers.ts";
export {
  type KernelProfile,
  type KernelTotal,
  profileKernels,
} from "./engine/profile.ts";
export { type BackendName, useBackend } from "./use_backend.ts";
export {
  DeviceError,
  type DeviceFault,
  type DeviceReport,
} from "./webgpu/device/device_errors.ts";
export {
  setWinograd,
  type WinogradUse,
  winogradUse,
} from "./wasm/winograd/use.ts";
