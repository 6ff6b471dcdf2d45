import { rectifiedScaleShift, scaleShift } from "../epilogue/functions.ts";
import type { Host } from "../runtime/host.ts";
import { cutByValues, runByRows } from "../runtime/row_pieces.ts";

/** Values of `[rows, channels]`, the channels' constants, and where results go. */
export interface Rescaling {
  x: number;
  y: number;
  mean: number;
  scale: number;
  beta: number;
  rows: number;
  channels: number;
  /** Whether results below 0 are cut off. */
  rectified: boolean;
}

/** y = (x − mean) · scale + beta, on all threads. */
export function rescale(
  host: Host,
  { x, y, rows, channels, rectified, ...constants }: Rescaling,
): void {
  const step = channels * 4;
  runByRows(host, rectified ? rectifiedScaleShift : scaleShift, {
    ...constants,
    x: { at: x, step },
    y: { at: y, step },
    rows: "rows",
    channels,
  }, cutByValues(rows, 2 * channels));
}
