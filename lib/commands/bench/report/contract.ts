/**
 * What `deno task bench --json` writes.
 *
 * @module
 */
import type { Machine } from "./machine.ts";

/** What is measured: NN2, by the side of its images, and a small network by `model.fit`. */
export type Network = "NN2-28" | "NN2-224" | "convnet";

/** Which form of this library's kernels runs: without V8's flags or with them. */
export type Tier = "plain" | "flags";

/** What a row is about. */
export interface RowHead {
  /** `mine` is semi-hard mining, the loss and its gradient for given embeddings. */
  task: "train" | "infer" | "mine";
  /** Absent where nothing is embedded. */
  network?: Network;
  /** Images, or embeddings, at a time. */
  batch: number;
  engine:
    | "ours"
    | "pytorch"
    | "tfjs-cpu"
    | "tfjs-wasm"
    | "tfjs-webgpu"
    | "jax-js"
    | "onnxruntime-web";
  tier?: Tier;
  /** What ours runs on. */
  backend?: "wasm" | "webgpu";
  /** The GPU, where one computes. */
  device?: string;
  /** Of PyTorch on a GPU: with TF32, factors of products have 10 bits instead of 23. */
  precision?: "float32" | "tf32";
  /** Threads of ours in one process. */
  workers?: number;
  /** Threads of another engine. */
  threads?: number;
  /**
   * More than 1: as many independent processes of one thread work at once, one on
   * each core, and the row has their sum. No program of as many threads can be
   * faster: it is the machine's ceiling.
   */
  processes: number;
}

/** One line of the table of speeds: medians of the rounds, with the least and the greatest. */
export interface BenchRow extends RowHead {
  /** The fastest of several ways, where the engine has them. */
  variant?: string;
  imagesPerSecond: number;
  spread: [slowest: number, fastest: number];
  /** For one batch. */
  milliseconds: number;
  /** Shaders that a GPU runs for one batch, where one computes by WebGPU. */
  launches?: number;
  /** Against PyTorch on the same number of threads, in the same rounds. */
  ratioToPyTorch?: number;
  ratioSpread?: [least: number, greatest: number];
  /** Of ours on a GPU, against tfjs's own kernels there, in the same rounds. */
  ratioToStock?: number;
  stockSpread?: [least: number, greatest: number];
  /** Of threads, against as many processes of one thread, in the same rounds. */
  ratioToCeiling?: number;
  ceilingSpread?: [least: number, greatest: number];
  /** Of threads and of processes, against one thread, in the same rounds. */
  ratioToOneThread?: number;
  oneThreadSpread?: [least: number, greatest: number];
}

/** What one kind of operation costs in a training step. */
export interface OperationCost {
  name: string;
  calls: number;
  /** Shaders that a GPU ran for it, where one computes. */
  launches?: number;
  milliseconds: number;
  /** Of multiplications and additions as by definition, Winograd or not; 0 where there are none. */
  gflops: number;
  /** Of the step's time. */
  share: number;
}

/** Where the time of a training step goes. */
export interface StepProfile
  extends Pick<RowHead, "engine" | "tier" | "backend" | "device"> {
  network: Network;
  batch: number;
  milliseconds: number;
  gflops: number;
  /** Of the greatest of the measured peaks. */
  shareOfPeak?: number;
  /** The dearest first; the last is what no kernel does. */
  operations: OperationCost[];
  /** Of a GPU, the dearest first. */
  shaders?: ShaderCost[];
}

/** What one shader costs in a training step. */
export interface ShaderCost {
  name: string;
  launches: number;
  milliseconds: number;
  share: number;
}

/** What one thread reaches when it does nothing but multiply and add. */
export interface Peak {
  engine: "ours" | "pytorch";
  tier?: Tier;
  gflops: number;
}

/** Resident memory of a process that trains. */
export interface MemoryUse {
  /** `quick` is that preset, with its evaluation; otherwise a few steps. */
  preset?: "quick";
  engine: "ours" | "pytorch";
  tier?: Tier;
  /** Threads of ours. */
  workers?: number;
  /** Threads of another engine. */
  threads?: number;
  network: Network;
  batch: number;
  /** The greatest so far. */
  bytes: number;
}

/** The whole file. */
export interface BenchReport {
  machine: Machine;
  rounds: number;
  /** Whether another process computed without end beside everything. */
  busy: boolean;
  rows: BenchRow[];
  steps: StepProfile[];
  peaks: Peak[];
  memory: MemoryUse[];
  /** What was not measured, and why. */
  notMeasured: string[];
}
