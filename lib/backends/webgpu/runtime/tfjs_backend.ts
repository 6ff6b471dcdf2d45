/**
 * What is used of tfjs's 'webgpu' backend beyond its public types.
 *
 * @module
 */
import type { DataType, TensorInfo } from "@tensorflow/tfjs";

/** What tfjs's WebGPUBackend keeps of a tensor. */
export interface TensorData {
  dtype: DataType;
  shape: number[];
  /** The values, where they are on the CPU. */
  values: ArrayBufferView | null | undefined;
  resource?: GPUBuffer | null;
  refCount: number;
  /** Whether the buffer is that of somebody else. */
  external?: boolean;
}

/** Buffers that are used again, by size and usage. */
interface BufferManager {
  numBytesUsed: number;
  numBytesAllocated: number;
  acquireBuffer(size: number, usage: number): GPUBuffer;
  releaseBuffer(buffer: GPUBuffer, reuse?: boolean): void;
  getNumUsedBuffers(): number;
}

/**
 * What these kernels use of tfjs's WebGPUBackend (4.22): its device, its buffers and
 * the commands that it has recorded and not yet submitted.
 */
export interface WebGpuBackend {
  device: GPUDevice;
  /** What tfjs keeps of the adapter. */
  adapterInfo: { vendor?: string; architecture?: string };
  queue: GPUQueue;
  bufferManager: BufferManager;
  tensorMap: { get(dataId: object): TensorData };
  /** Data that commands not yet submitted use: their buffers are freed after that. */
  commandQueueOwnedIds: WeakSet<object>;
  uniformPendingDisposal: GPUBuffer[];
  commandEncoder: GPUCommandEncoder | null;
  computePassEncoder: GPUComputePassEncoder | null;
  dispatchCountInPass: number;
  ensureCommandEncoderReady(): void;
  endComputePassEncoder(): void;
  submitQueue(): void;
  uploadToGPU(dataId: object): void;
  makeTensorInfo(
    shape: number[],
    dtype: DataType,
    values?: ArrayBufferView,
  ): TensorInfo;
  incRef(dataId: object): void;
  disposeData(dataId: object): boolean;
}

/** The backend of a kernel that is registered for 'webgpu'. */
export const asWebGpuBackend = (backend: unknown): WebGpuBackend =>
  backend as WebGpuBackend;
