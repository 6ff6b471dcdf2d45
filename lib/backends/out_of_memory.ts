import * as tf from "@tensorflow/tfjs";
import {
  memoryOf,
  type Shortage,
  shortageOf,
  type WasmMemory,
} from "./wasm/runtime/memory.ts";
import { asWasmBackend } from "./wasm/runtime/tfjs_backend.ts";

/** Work on a batch of images. */
export interface BatchWork<T extends tf.TensorContainer> {
  /** What is being done, the opening of an error's message. */
  action: string;
  /** `[batch, height, width, channels]`; stay the caller's. */
  images: tf.Tensor4D;
  /** Does it. What it returns is kept, all other tensors are disposed. */
  run: () => T;
  /** Does as much with some of the images and changes nothing. */
  sample: (images: tf.Tensor4D) => void;
}

/**
 * Works on a batch, and says how many images would fit if memory runs out on
 * the 'wasm' backend. Then all tensors of the work are disposed, so that a
 * smaller batch can follow.
 *
 * @returns What the work gives; the caller disposes it.
 * @throws {RangeError} If memory runs out: how much was asked for, how much was
 * in use, and about how many images would fit, estimated with smaller batches.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const images = tf.ones<tf.Rank.R4>([3, 2, 2, 1]);
 * const brightness = (images: tf.Tensor4D) => tf.mean(images, [1, 2, 3]);
 * const result = withinMemory({
 *   action: "measure",
 *   images,
 *   run: () => brightness(images),
 *   sample: brightness,
 * });
 * assert.deepEqual([...result.dataSync()], [1, 1, 1]);
 * ```
 */
export function withinMemory<T extends tf.TensorContainer>(
  { action, images, run, sample }: BatchWork<T>,
): T {
  try {
    return tf.tidy(run);
  } catch (error) {
    forgetTape();
    const shortage = shortageOf(error);
    if (!shortage) throw error;
    const [batch, height, width] = images.shape;
    throw new RangeError(
      `Cannot ${action} ${batch} images of ${height}×${width} at once: ` +
        `${describe(shortage)}. ${advise(images, sample, shortage)}`,
      { cause: error },
    );
  }
}

function describe({ requested, limit, used }: Shortage): string {
  return `expected room for ${mebibytes(requested)} MiB more in ` +
    `WebAssembly's ${mebibytes(limit)} MiB, got ${mebibytes(used)} MiB in use`;
}

const mebibytes = (bytes: number) =>
  (bytes / 2 ** 20).toLocaleString("en", { maximumSignificantDigits: 4 });

function advise(
  images: tf.Tensor4D,
  sample: (images: tf.Tensor4D) => void,
  shortage: Shortage,
): string {
  const fitting = estimateFitting(images, sample, shortage);
  return fitting === undefined
    ? "Use fewer"
    : `About ${fitting} should fit, by an estimate from the memory that smaller batches take`;
}

/** The part of free memory that can be filled, as blocks leave gaps. */
const usablePart = 0.75;

/** Tries smaller batches, until one fits, to see what more images take. */
function estimateFitting(
  images: tf.Tensor4D,
  sample: (images: tf.Tensor4D) => void,
  shortage: Shortage,
): number | undefined {
  const memory = memoryOf(asWasmBackend(tf.backend()));
  const [batch] = images.shape;
  const attainable = Math.min(
    memory.used + usablePart * (memory.limit - memory.used),
    shortage.used + shortage.requested,
  );
  for (let size = Math.ceil(batch / 4); size > 1; size = Math.ceil(size / 4)) {
    try {
      const peak = (count: number) =>
        peakOf(memory, () => sample(tf.slice(images, 0, count)));
      const half = Math.floor(size / 2);
      const [low, high] = [peak(half), peak(size)];
      // Few images take less each than many: at first the weights' gradients,
      // later the activations make the peak. So the two are not too small.
      const perImage = Math.max(1, high - low) / (size - half);
      const more = Math.floor((attainable - high) / perImage);
      return Math.max(1, Math.min(size + more, batch - 1));
    } catch (error) {
      if (!shortageOf(error)) throw error;
    }
  }
  return undefined;
}

/** The most memory that is in use during some work. */
function peakOf(memory: WasmMemory, work: () => void): number {
  memory.peak = memory.used;
  try {
    tf.tidy(() => void work());
    return memory.peak;
  } catch (error) {
    forgetTape();
    throw error;
  }
}

/**
 * Disposes what gradients were to need. tfjs itself does so only at the end of a
 * gradient, and nobody else knows these tensors.
 */
function forgetTape(): void {
  const { state } = tf.engine();
  // Within a gradient of the caller's the tape is the caller's.
  if (state.gradientDepth > 0) return;
  for (const { saved } of state.activeTape ?? []) tf.dispose(saved ?? []);
  state.activeTape = [];
}
