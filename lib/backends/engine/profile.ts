import { labelOf } from "./label.ts";
import { wrapKernels } from "./wrap_kernels.ts";

/** What the kernels of one label did. */
export interface KernelTotal {
  name: string;
  calls: number;
  seconds: number;
  /** Multiplications and additions. */
  flop: number;
  /** Shaders that a GPU ran for them, where one did. */
  launches?: number;
}

/** What some runs cost, and how much of it was spent in which kernels. */
export interface KernelProfile {
  seconds: number;
  kernels: KernelTotal[];
}

/**
 * Times the kernels of the current backend, which must compute at once and not
 * in the background, while `run` runs. A kernel that calls another is not
 * charged with it.
 *
 * @returns Seconds of all, and of each kind of kernel.
 * @throws What `run` throws; the kernels are as they were then, too.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const a = tf.ones([2, 3]);
 * const { kernels } = await profileKernels(() => void tf.matMul(a, a, false, true));
 * const product = kernels.find(({ name }) => name === "BatchMatMul");
 * assert.deepEqual([product!.calls, product!.flop], [1, 2 * 3 * 2 * 2]);
 * ```
 */
export async function profileKernels(
  run: () => void | Promise<void>,
): Promise<KernelProfile> {
  const totals = new Map<string, KernelTotal>();
  const innerSeconds: number[] = [];
  const restore = wrapKernels((kernel, call, runKernel) => {
    innerSeconds.push(0);
    const start = performance.now();
    const output = runKernel();
    const seconds = (performance.now() - start) / 1000;
    const inner = innerSeconds.pop()!;
    if (innerSeconds.length > 0) {
      innerSeconds[innerSeconds.length - 1]! += seconds;
    }
    const { name, flop } = labelOf(kernel, call, output);
    const total = totals.get(name) ?? { name, calls: 0, seconds: 0, flop: 0 };
    totals.set(name, total);
    total.calls++;
    total.seconds += seconds - inner;
    total.flop += flop;
    return output;
  });
  try {
    const start = performance.now();
    await run();
    return {
      seconds: (performance.now() - start) / 1000,
      kernels: [...totals.values()],
    };
  } finally {
    restore();
  }
}
