import { lanesOf } from "../runtime/lanes.ts";
import {
  type convolutionConstants,
  type ConvolutionVariant,
  each,
  groupSize,
} from "./convolution_code.ts";
import type { Windows } from "../conv/windows.ts";

/** How a convolution is shared out. */
export interface ConvolutionPlan {
  variant: ConvolutionVariant;
  /** Without those of a shader's own. */
  constants: Record<keyof typeof convolutionConstants, number>;
  /** The pixels of a workgroup. */
  tileRows: number;
  /** How many workgroups share out the pixels. */
  tiles: number;
  workgroups: [number, number, number];
}

/**
 * Shares out a convolution among workgroups.
 *
 * @param mostGroups How many workgroups a dimension may have.
 */
export function planConvolution(
  windows: Windows,
  mostGroups: number,
): ConvolutionPlan {
  const { outHeight, outWidth, inChannels, outChannels } = windows;
  const rows = windows.batch * outHeight * outWidth;
  const across = widthFor(rows, outChannels);
  const tileRows = groupSize / across * each;
  const tiles = Math.ceil(rows / tileRows);
  const down = Math.min(tiles, mostGroups);
  const height = seenTaps(windows, "Height", "top");
  const width = seenTaps(windows, "Width", "left");
  return {
    variant: {
      lanesIn: lanesOf(inChannels),
      lanesOut: lanesOf(outChannels),
      isPadded: height.isPadded || width.isPadded,
    },
    constants: {
      ...windows,
      firstTapRow: height.first,
      endTapRow: height.end,
      firstTapColumn: width.first,
      endTapColumn: width.end,
      rows,
      across,
    },
    tileRows,
    tiles,
    workgroups: [
      Math.ceil(outChannels / each / across),
      down,
      // More tiles than one dimension has go on in the next one.
      down === 0 ? 0 : Math.ceil(tiles / down),
    ],
  };
}

/**
 * How many invocations next to each other have filters of their own: the width with
 * the least work beyond the last pixel and the last filter, and of those the greatest,
 * whose reads are the longest. Eight invocations next to each other work as one on a
 * CPU.
 */
function widthFor(rows: number, filters: number): number {
  const upTo = (count: number, step: number) => Math.ceil(count / step) * step;
  const workOf = (width: number) =>
    upTo(filters, each * width) * upTo(rows, each * 8 / width);
  return [8, 4, 2, 1].reduce((best, width) =>
    workOf(width) < workOf(best) ? width : best
  );
}

/** The taps along an axis that see a pixel for any result; whether others do not. */
function seenTaps(
  windows: Windows,
  axis: "Height" | "Width",
  side: "top" | "left",
): { first: number; end: number; isPadded: boolean } {
  const [taps, length] = [windows[`filter${axis}`], windows[`in${axis}`]];
  const before = windows[side];
  const last = (windows[`out${axis}`] - 1) * windows[`stride${axis}`];
  return {
    first: Math.max(0, before - last),
    end: Math.min(taps, length + before),
    isPadded: before > 0 || last + taps > length,
  };
}
