import type { TensorInfo } from "@tensorflow/tfjs";
import type { Host } from "./host.ts";

/** A tensor as rows of channels: the last axis, and all others together. */
export function layout(
  { shape }: TensorInfo,
): { channels: number; rows: number } {
  const channels = shape.at(-1)!;
  return { channels, rows: shape.slice(0, -1).reduce((a, b) => a * b, 1) };
}

/** A tensor of one value per channel, where it lies; stale after allocation. */
export function channelView(
  host: Host,
  tensor: TensorInfo,
  channels: number,
): Float32Array {
  const start = host.addressOf(tensor) / 4;
  return host.floats().subarray(start, start + channels);
}

/** The addresses of up to four arrays of one float per channel in a row. */
export function channelParts(
  address: number,
  channels: number,
): [number, number, number, number] {
  const at = (index: number) => address + index * channels * 4;
  return [at(0), at(1), at(2), at(3)];
}
