import type { Dataset } from "../../digits/dataset.ts";
import { compressAsJpeg } from "../../digits/quality/compress_as_jpeg.ts";
import { reducePixels } from "../../digits/quality/reduce_pixels.ts";
import type { PointChoice } from "./result.ts";

/** Makes images as bad as a point says; the dataset stays as it is. */
export function degradeImages(
  dataset: Dataset,
  { jpegQuality, pixels }: Pick<PointChoice, "jpegQuality" | "pixels">,
): Dataset {
  const { count, height, width } = dataset;
  const shape = [count, height, width] as const;
  let images: Uint8Array = Uint8Array.from(dataset.images);
  if (pixels !== undefined) {
    images = reducePixels(images, shape, Math.sqrt(pixels));
  }
  if (jpegQuality !== undefined) {
    images = compressAsJpeg(images, shape, jpegQuality);
  }
  return { ...dataset, images };
}
