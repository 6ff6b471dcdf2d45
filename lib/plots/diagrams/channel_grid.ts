import * as tf from "@tensorflow/tfjs";
import { checkValue, checkWhole } from "../../numeric/domain.ts";
import { checkList } from "../../numeric/list.ts";
import { optionsOf } from "../../numeric/options.ts";
import { checkShape } from "../../numeric/shape.ts";
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
 * @throws {RangeError} If the tensor has another shape, a value is not finite, or an
 * option is out of range.
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
  const isFinite = { type: "number" } as const;
  checkList(action, "values", channels.dataSync(), isFinite);
  const tiles = tf.tidy(() => {
    const planes = channels.transpose([2, 0, 1])
      .slice(0, count ?? all).toFloat();
    const full = most ?? planes.abs().max([1, 2], true).maximum(1e-12);
    const share = planes.div(full).clipByValue(-1, 1)
      .reshape([count ?? all, height, width, 1]);
    const tint = (color: string, part: tf.Tensor) =>
      part.mul(rgb(color).sub(rgb(ZERO)));
    return rgb(ZERO).add(tint(colors.orange, share.relu()))
      .add(tint(colors.blue, share.neg().relu()));
  });
  try {
    return imageGrid(tiles, grid);
  } finally {
    tiles.dispose();
  }
}

/** The red, green and blue of a color of six digits, each in [0, 1]. */
function rgb(color: string): tf.Tensor1D {
  const parts = color.match(/[0-9a-f]{2}/gi)!;
  return tf.tensor1d(parts.map((part) => parseInt(part, 16) / 255));
}
