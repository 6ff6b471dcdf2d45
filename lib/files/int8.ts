import type { StoredTensor } from "./safetensors.ts";

/** A tensor in whole numbers from -127 to 127, with a scale for each of its last axis. */
export interface Int8Tensor {
  shape: number[];
  /** Row-major. */
  data: Int8Array<ArrayBuffer>;
  /** As many as the last axis has: a value is its whole number times its scale. */
  scales: Float32Array<ArrayBuffer>;
}

/**
 * Rounds a tensor to whole numbers of 8 bits, the same way up and down: the scale of
 * each channel, the last axis, is its largest value, up or down, over 127. The error is at most half a scale.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const data = Float32Array.of(1, -8, 0.25, 4);
 * const stored = toInt8({ shape: [2, 2], data });
 * assert.deepEqual([...stored.data], [127, -127, 32, 64]);
 * assert.equal(stored.scales[0], Math.fround(1 / 127));
 * ```
 */
export function toInt8({ shape, data }: StoredTensor): Int8Tensor {
  const channels = shape.at(-1) ?? 1;
  const scales = new Float32Array(channels);
  data.forEach((value, i) => {
    const channel = i % channels;
    scales[channel] = Math.max(scales[channel]!, Math.abs(value) / 127);
  });
  const whole = Int8Array.from(data, (value, i) => {
    const scale = scales[i % channels]!;
    // Rounding of the scale may have made it a hair too small.
    return scale === 0
      ? 0
      : Math.max(-127, Math.min(127, Math.round(value / scale)));
  });
  return { shape: [...shape], data: whole, scales };
}

/**
 * The values that {@linkcode toInt8} rounded.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const tensor = { shape: [1], data: Float32Array.of(0.5) };
 * const { data } = fromInt8(toInt8(tensor));
 * assert.ok(Math.abs(data[0]! - 0.5) < 1e-6);
 * ```
 */
export function fromInt8({ shape, data, scales }: Int8Tensor): StoredTensor {
  const channels = scales.length;
  const values = new Float32Array(data.length);
  // A loop, for a page waits for millions of them.
  for (let i = 0; i < data.length; i++) {
    values[i] = data[i]! * scales[i % channels]!;
  }
  return { shape: [...shape], data: values };
}
