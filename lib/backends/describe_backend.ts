import * as tf from "@tensorflow/tfjs";
import {
  describeDevice,
  deviceInfo,
  deviceName,
} from "./webgpu/device/adapter.ts";
import { asDeviceBackend } from "./webgpu/device/device_backend.ts";
import { describeWasm } from "./wasm/describe_wasm.ts";

/** What computes from now on. */
export interface BackendDescription {
  /** The name in tfjs. */
  backend: "wasm" | "cpu" | "webgpu";
  /**
   * The kernels: this library's for WebAssembly without V8 flags ("plain") or with
   * them ("flags"), or for GPUs ("wgsl", their language), or tfjs's own ("stock").
   */
  kernels: "plain" | "flags" | "wgsl" | "stock";
  /** Threads that work inside the kernels; a GPU has its own way. */
  threads: number;
  /** The name of the GPU, with webgpu. */
  device?: string;
  /** One line for people. */
  description: string;
}

/** Describes the present backend of tfjs. */
export function describeBackend(
  backend: BackendDescription["backend"],
): BackendDescription {
  const { text, ...rest } = { wasm: describeWasm, cpu, webgpu }[backend]();
  const version = `TensorFlow.js ${tf.version["tfjs-core"]}`;
  return { backend, ...rest, description: `${text}, ${version}` };
}

/** What the backends say of themselves, without the name and version. */
type Facts =
  & Omit<BackendDescription, "backend" | "description">
  & { text: string };

const cpu = (): Facts => ({
  kernels: "stock",
  threads: 1,
  text: "plain JavaScript, 1 thread",
});

function webgpu(): Facts {
  const info = deviceInfo(asDeviceBackend(tf.backend()));
  return {
    kernels: "wgsl",
    threads: 1,
    device: deviceName(info),
    text: `WebGPU on ${describeDevice(info)}, this library's kernels`,
  };
}
