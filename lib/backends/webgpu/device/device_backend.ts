import type * as tf from "@tensorflow/tfjs";

/** Buffers of tfjs's WebGPUBackend (4.22), by size and usage. */
interface DeviceBuffers {
  /** Those that wait for their next use. */
  freeBuffers: Map<string, GPUBuffer[]>;
  numFreeBuffers: number;
  numBytesAllocated: number;
}

/** What is used of tfjs's WebGPUBackend (4.22) to watch its device. */
export interface DeviceBackend extends tf.KernelBackend {
  device: GPUDevice;
  /** What tfjs keeps of the adapter. */
  adapterInfo: { vendor?: string; architecture?: string };
  bufferManager: DeviceBuffers;
  /** Commands that are recorded and not yet submitted. */
  commandEncoder: GPUCommandEncoder | null;
  endComputePassEncoder(): void;
  submitQueue(): void;
  tensorMap: {
    has(dataId: object): boolean;
    get(dataId: object): { values?: unknown; resource?: unknown } | undefined;
  };
}

/** The backend 'webgpu'. */
export const asDeviceBackend = (backend: unknown): DeviceBackend =>
  backend as DeviceBackend;
