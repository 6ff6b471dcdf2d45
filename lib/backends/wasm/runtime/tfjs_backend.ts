/**
 * What is used of tfjs's 'wasm' backend beyond its public types.
 *
 * @module
 */
import type { DataType, TensorInfo } from "@tensorflow/tfjs";

/** A backend that keeps the values of tensors. */
export interface DataOwner {
  disposeData(dataId: object): boolean;
}

/** What is watched of tfjs's BackendWasm (4.22). */
export interface WatchedBackend extends DataOwner {
  wasm: {
    asm: { memory: WebAssembly.Memory };
    _malloc(bytes: number): number;
    _free(address: number): void;
  };
  write(...values: unknown[]): object;
}

/** What tfjs's BackendWasm keeps of a tensor. */
interface TensorData {
  memoryOffset: number;
  shape: number[];
  dtype: DataType;
}

/**
 * What these kernels use of tfjs's BackendWasm (4.22): its memory, its
 * allocator and the addresses of its tensors.
 */
export interface WasmBackend extends WatchedBackend {
  dataIdMap: { get(dataId: object): TensorData };
  makeOutput(shape: number[], dtype: DataType): TensorInfo;
  typedArrayFromHeap(
    tensor: TensorInfo,
  ): Float32Array | Int32Array | Uint8Array;
  readSync(dataId: object, start?: number, end?: number): ArrayBufferView;
  incRef(dataId: object): void;
}

/** The backend of a kernel that is registered for 'wasm'. */
export const asWasmBackend = (backend: unknown): WasmBackend =>
  backend as WasmBackend;

/** Any backend that a kernel is run on. */
export const asDataOwner = (backend: unknown): DataOwner =>
  backend as DataOwner;
