import * as tf from "@tensorflow/tfjs";
import { sizeOf } from "../runtime/check_inputs.ts";

/** What kernels that reduce a tensor along axes are told. */
export interface AxesAttributes {
  /** All axes if left out. */
  axis?: number | number[];
  /** What the kernels of the largest and the smallest value call the axes. */
  reductionIndices?: number | number[];
  keepDims?: boolean;
}

/** Axes of a tensor that are reduced. */
export interface ReducedAxes {
  /** Counted from the first, in order. */
  axes: number[];
  /** The shape of the result. */
  outShape: number[];
}

/**
 * The axes that a kernel is told to reduce, and what shape that gives.
 *
 * @throws {Error} If the tensor has no such axis.
 */
export function reducedAxes(
  shape: number[],
  { axis, reductionIndices, keepDims = false }: AxesAttributes,
): ReducedAxes {
  // tfjs itself takes nothing for all axes; its type does not say so.
  const given = (reductionIndices ?? axis) as number | number[];
  const axes = [...new Set(tf.util.parseAxisParam(given, shape))]
    .sort((a, b) => a - b);
  const outShape = shape.flatMap((side, i) =>
    !axes.includes(i) ? [side] : keepDims ? [1] : []
  );
  return { axes, outShape };
}

/** Neighbouring axes as one, between those before and those after. */
export interface Span {
  outer: number;
  length: number;
  inner: number;
}

/**
 * Axes that are neighbours, but for those of length 1, as one.
 *
 * @returns Nothing if they are not neighbours.
 */
export function spanOf(
  shape: readonly number[],
  axes: readonly number[],
): Span | undefined {
  const long = axes.filter((axis) => shape[axis] !== 1);
  const first = long[0] ?? shape.length;
  const end = (long.at(-1) ?? first - 1) + 1;
  for (let axis = first; axis < end; axis++) {
    if (shape[axis] !== 1 && !long.includes(axis)) return undefined;
  }
  return {
    outer: sizeOf(shape.slice(0, first)),
    length: sizeOf(shape.slice(first, end)),
    inner: sizeOf(shape.slice(end)),
  };
}
