import type { TensorInfo } from "@tensorflow/tfjs";
import { refuse, shown } from "../../../numeric/refuse.ts";
import { any, type Call } from "../runtime/kernel.ts";
import { type Windows, windowsOf } from "../conv/windows.ts";

/** Images and filters of a convolution, and where its windows lie. */
export interface Convolved {
  /** `[batch, height, width, channels]`. */
  x: TensorInfo;
  /** `[height, width, channels, filters]`. */
  filter: TensorInfo;
  windows: Windows;
}

/**
 * The images and the filters among a kernel's inputs.
 *
 * @throws {RangeError} If one is missing, or as {@linkcode convolvedOf}.
 */
export function takeConvolved(
  call: Call,
  attributes: { strides: unknown; pad: unknown },
): Convolved {
  const images = [any, any, any, any];
  const [x, filter] = [call.take("x", images), call.take("filter", images)];
  return convolvedOf(call, x, filter, attributes);
}

/**
 * A convolution of images.
 *
 * @throws {RangeError} If there are no channels or filters, the channels of images and
 * filters differ, or there are no such strides.
 */
export function convolvedOf(
  { name }: Call,
  x: TensorInfo,
  filter: TensorInfo,
  attributes: { strides: unknown; pad: unknown },
): Convolved {
  const action = `run ${name} on the webgpu backend`;
  const { strides } = attributes;
  const steps = [strides].flat();
  const isStep = (step: unknown) =>
    Number.isSafeInteger(step) && step as number > 0;
  if (!steps.every(isStep) || steps.length > 2) {
    refuse(action, "strides of whole numbers above 0", shown(strides));
  }
  if (filter.shape.includes(0)) {
    refuse(
      action,
      "channels and filters",
      `a filter of shape [${filter.shape.join(", ")}]`,
    );
  }
  const windows = windowsOf(name, x.shape, filter.shape, attributes);
  return { x, filter, windows };
}
