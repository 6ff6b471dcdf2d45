import { deviceInfo, isSoftwareDevice } from "../device/adapter.ts";
import type { WebGpuBackend } from "./tfjs_backend.ts";

/** Whether a backend's device is a program on the CPU, to which other code is fast. */
export const isSoftware = (backend: WebGpuBackend): boolean =>
  isSoftwareDevice(deviceInfo(backend));
