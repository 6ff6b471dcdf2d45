import * as tf from "@tensorflow/tfjs";
import { checkValue, checkWhole } from "../../numeric/domain.ts";
import { checkList } from "../../numeric/list.ts";
import { optionsOf } from "../../numeric/options.ts";
import { checkShape } from "../../numeric/shape.ts";
import { readValues } from "../../numeric/tensor_values.ts";
import type { ImageGridOptions } from "../figures/captioned_tiles.ts";
import type { Figure } from "../figures/figure.ts";
import { imageGrid } from "../figures/image_grid.ts";
import { colors } from "../figures/style.ts";

/** Which channels are drawn and how bright they are. */
export interface ChannelGridOptions
  extends Pick<ImageGridOptions, "title" | "columns" | "captions"> {
  /** How many, from the first on; all by default. */
  count?: number;
  /**
   * The size of a value, above 0, that has the full color; by default the largest of
   * each channel, so that faint channels are seen too.
   */
  most?: number;
}

/** What 0 looks like: not white, so that one sees where a channel ends. */
const ZERO = "#f0f1f3";

/**
 * Draws the channels of a convolution's result, or the filters of a layer that sees
 * one channel, as tiles: blue below 0, light gray at 0, orange above.
 *
 * @param channels `[height, width, channels]`; stays the caller's.
 * @throws {RangeError} If the tensor has another shape, a value is not finite, an
 * option is out of range, or a GPU has to be waited for.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const figure = channelGrid(tf.ones([7, 7, 64]), { columns: 16 });
 * assert.equal(figure.data[0]?.type, "image");
 * ```
 */
export function channelGrid(
  channels: tf.Tensor3D,
  options: ChannelGridOptions = {},
): Figure {
  const action = "draw channels";
  const { most, count, ...grid } = optionsOf(action, options);
  checkShape(action, "channels", channels, ["height", "width", "channels"]);
  const [height, width, all] = channels.shape;
  if (count !== undefined) checkWhole(action, "count", count, 1, all);
  const isLarge = { type: "number", above: 0 } as const;
  if (most !== undefined) checkValue(action, "most", most, isLarge);
  const values = readValues(action, channels);
  checkList(action, "values", values, { type: "number" });
  const shown = count ?? all;
  const shape = { pixels: height * width, all, shown };
  const colored = colorChannels(values, shape, most);
  const tiles = tf.tensor4d(colored, [shown, height, width, 3]);
  try {
    return imageGrid(tiles, grid);
  } finally {
    tiles.dispose();
  }
}

/**
 * The colors of channels, `[shown, pixels, 3]`.
 *
 * @param values `[pixels, all]`
 */
function colorChannels(
  values: ArrayLike<number>,
  { pixels, all, shown }: { pixels: number; all: number; shown: number },
  most?: number,
): Float32Array {
  const zero = rgb(ZERO);
  const tints = [colors.blue, colors.orange]
    .map((color) => rgb(color).map((part, i) => part - zero[i]!));
  const colored = new Float32Array(shown * pixels * 3);
  for (let channel = 0; channel < shown; channel++) {
    let full = most ?? 1e-12;
    for (let i = channel; most === undefined && i < values.length; i += all) {
      full = Math.max(full, Math.abs(values[i]!));
    }
    for (let pixel = 0; pixel < pixels; pixel++) {
      const value = values[pixel * all + channel]! / full;
      const share = Math.min(1, Math.abs(value));
      const tint = tints[value < 0 ? 0 : 1]!;
      const start = (channel * pixels + pixel) * 3;
      for (let part = 0; part < 3; part++) {
        colored[start + part] = zero[part]! + share * tint[part]!;
      }
    }
  }
  return colored;
}

/** The red, green and blue of a color of six digits, each in [0, 1]. */
function rgb(color: string): number[] {
  const parts = color.match(/[0-9a-f]{2}/gi)!;
  return parts.map((part) => parseInt(part, 16) / 255);
}
