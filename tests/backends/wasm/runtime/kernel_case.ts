import type * as tf from "@tensorflow/tfjs";

/** A call of a kernel that is right, and what may differ in it. */
export interface KernelCase {
  kernel: string;
  /** The shapes of its inputs. */
  inputs: Record<string, number[]>;
  /** The axes of an input that may have other sides. */
  free?: Record<string, number[]>;
  /** Inputs that may be missing. */
  optional?: string[];
  /** Inputs that may have another number of axes. */
  anyRank?: string[];
  /** Inputs that are not float32, or need not be. */
  types?: Record<string, tf.DataType | "any">;
  attributes: Record<string, unknown>;
  /** Attributes of which each alone is wrong. */
  wrong: Record<string, unknown>[];
}

export const pixels = [0, 1, 2];
export const noStride = [0, -1, 1.5, NaN, Infinity, "1", [1], [0, 1], [1, 2, 3]]
  .map((strides) => ({ strides }));
export const images = { x: [2, 5, 6, 4], filter: [3, 3, 4, 7] };
export const imagesFree = { x: pixels, filter: [0, 1, 3] };
/** As `strides` of 2 and "same" make them. */
export const dy = [2, 3, 3, 7];
