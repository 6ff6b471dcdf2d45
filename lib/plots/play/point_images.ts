import type { Figure, PlotlyObject } from "../figures/figure.ts";
import { object } from "../figures/read.ts";

/** Which images belong to a point of a trace; a list if there may be several. */
export type PointImages = number | readonly number[] | null;

/** The images of a trace's points, which stand in its attribute `meta`. */
function pointImages(trace: PlotlyObject): PointImages[] | undefined {
  return object(trace.meta).images as PointImages[] | undefined;
}

/** The trace with other images for its points. */
export function withPointImages(
  trace: PlotlyObject,
  images: PointImages[],
): PlotlyObject {
  return { ...trace, meta: { ...object(trace.meta), images } };
}

/** Names a point's images by their places in another list. */
export function renamed(
  names: ReadonlyMap<number, number>,
): (images: PointImages) => PointImages {
  return (images) =>
    typeof images === "number"
      ? names.get(images)!
      : images && images.map((image) => names.get(image)!);
}

/**
 * Gives figures that have images of their own a common list of images, in which
 * none is twice.
 */
export function shareImages(
  figures: readonly Figure[],
): { figures: Figure[]; images: string[] } {
  const all = new Map<string, number>();
  const shared = figures.map((figure) => {
    const names = new Map(
      figure.play?.images?.map((file, i) => {
        all.set(file, all.get(file) ?? all.size);
        return [i, all.get(file)!];
      }),
    );
    const data = figure.data.map((trace) => {
      const images = pointImages(trace);
      return images
        ? withPointImages(trace, images.map(renamed(names)))
        : trace;
    });
    return { ...figure, data };
  });
  return { figures: shared, images: [...all.keys()] };
}
