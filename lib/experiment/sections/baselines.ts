import { type Dataset, selectImages } from "../../digits/dataset.ts";
import { rawPixels } from "../../evaluation/classification/baselines.ts";
import type {
  Embed,
  EmbedOptions,
} from "../../evaluation/embeddings/embed_images.ts";
import { evaluateDrawn } from "../../evaluation/classification/evaluate_centroids.ts";
import type { RunData } from "../../digits/run_data.ts";
import type { Drawn } from "./material.ts";

/** What an accuracy has to be held against. */
export interface Baselines {
  /** The same network before its training. */
  untrained: number;
  /** How many test images the untrained network got. */
  untrainedImages: number;
  /** No network at all. */
  rawPixels: number;
}

/**
 * Measures nearest-centroid accuracy without a trained network: with the same
 * images for centroids, and some of the test images for the untrained network.
 */
export async function measureBaselines(
  untrained: Embed,
  data: RunData,
  { centroids, sample }: Drawn,
  options: EmbedOptions = {},
): Promise<Baselines> {
  const measure = async (embed: Embed, test: Dataset, how: EmbedOptions) => {
    const images = { train: data.train, test };
    return (await evaluateDrawn(embed, images, centroids, how)).accuracy;
  };
  return {
    untrained: await measure(
      untrained,
      selectImages(data.test, sample),
      options,
    ),
    untrainedImages: sample.length,
    rawPixels: await measure(rawPixels, data.test, {}),
  };
}
