import type { ThreadKernels } from "../linking/thread_kernels.ts";
import type { Range } from "../threads/pieces.ts";
import type { WindowChunk } from "./chunks.ts";
import { gatherShortRuns } from "./gather_runs.ts";
import { joinTaps, type Tap, type TapRun } from "./taps.ts";
import type { Grid, Images, TableOrder } from "./windows.ts";

/** Windows as the micro-kernels see them. */
export interface WindowView {
  images: Images;
  /** The windows' corners in these images. */
  places: Grid;
  order: TableOrder;
  /**
   * What the taps see, the same in all windows, of images with zeros around them.
   * Without it, images are as they are, and each tap sees some of the windows.
   */
  runs?: readonly TapRun[];
}

/** Views the windows of a chunk, in working memory where they must be copied. */
export function viewWindows(
  kernels: ThreadKernels,
  taps: readonly Tap[],
  { input: images, places, skips }: WindowChunk,
  filters: number,
): WindowView {
  if (skips) return { images, places, order: "by place" };
  const runs = joinTaps(taps, images, filters);
  const gathered = gatherShortRuns(kernels, { images, places, runs }, filters);
  return { ...gathered, order: "by image" };
}

/** The entries of all windows in a table of them. */
export const allWindows = ({ images, places }: WindowView): Range => ({
  first: 0,
  count: images.count * places.rows * places.columns,
});
