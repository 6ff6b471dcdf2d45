import { drawPerClass } from "../../digits/classes.ts";
import type { Dataset } from "../../digits/dataset.ts";
import {
  type Embed,
  embedImages,
  type EmbedOptions,
} from "../../evaluation/embeddings/embed_images.ts";
import type { Labelled } from "../../evaluation/embeddings/labelled.ts";
import { checkWhole } from "../../numeric/domain.ts";
import { optionsOf } from "../../numeric/options.ts";
import { type Random, shuffle } from "../../numeric/random.ts";
import type { RunData } from "../../digits/run_data.ts";

/** How many images the parts of an evaluation take. */
export interface Sizes {
  /** Training images of each class that are embedded. */
  galleryPerClass: number;
  /** Those of them that a centroid is the mean of. */
  imagesPerClass: number;
  /** Test images that are clustered, and that the untrained network gets. */
  sample: number;
  /** Test images that are projected. */
  projected: number;
}

/** The sizes for MNIST. */
export const fullSizes: Sizes = {
  galleryPerClass: 300,
  imagesPerClass: 100,
  sample: 2000,
  projected: 1500,
};

/**
 * Refuses sizes that are none.
 *
 * @throws {RangeError} If one is not a whole number of 1 or more.
 */
export function checkSizes(action: string, sizes: Sizes): void {
  const given = optionsOf(action, sizes);
  for (const name of Object.keys(fullSizes) as (keyof Sizes)[]) {
    checkWhole(action, name, given[name], 1, Infinity);
  }
}

/** Which images an evaluation looks at. */
export interface Drawn {
  /** Of the training images, class by class, `galleryPerClass` of each. */
  gallery: Int32Array;
  /** Of the training images: the first `imagesPerClass` of each class there. */
  centroids: Int32Array;
  /** Of the test images of known digits, in random order. */
  ofKnown: Int32Array;
  /** Of all test images, in random order; the same where all digits are known. */
  sample: Int32Array;
}

/**
 * Draws the images of an evaluation, those for centroids of known digits alone. With
 * the same stream, the images of the centroids and of the untrained network are those
 * of `evaluateWithBaselines`: what `train` measured at its end.
 *
 * @param known The images of the digits that were not left out of training.
 * @param test All test images.
 */
export function drawMaterial(
  known: Pick<RunData, "train" | "test">,
  test: Dataset,
  { galleryPerClass, imagesPerClass, sample }: Sizes,
  random: Random,
): Drawn {
  const gallery = drawPerClass(known.train.labels, galleryPerClass, random);
  const some = ({ count: length }: Dataset) =>
    shuffle(Int32Array.from({ length }, (_, i) => i), random).slice(0, sample);
  const ofKnown = some(known.test);
  return {
    gallery,
    centroids: gallery.filter((_, i) => i % galleryPerClass < imagesPerClass),
    ofKnown,
    sample: known.test.count === test.count ? ofKnown : some(test),
  };
}

/** The embeddings that all measures share. */
export interface Material {
  /** Of training images of known digits, class by class. */
  gallery: Labelled;
  /** Of validation images, in random order: what thresholds are chosen on. */
  validation: Labelled;
  /** Of all test images. */
  test: Labelled;
  /** Some of the test images' rows. */
  sample: Int32Array;
}

/** Embeds every image that an evaluation needs, once. */
export async function embedMaterial(
  embed: Embed,
  { train, validation, test }: RunData,
  drawn: Drawn,
  { onProgress, ...embedding }: EmbedOptions = {},
): Promise<Material> {
  const total = drawn.gallery.length + validation.count + test.count;
  let before = 0;
  const labelled = async (
    dataset: Dataset,
    indices: Int32Array,
  ): Promise<Labelled> => {
    const embeddings = await embedImages(embed, dataset, indices, {
      ...embedding,
      onProgress: (done) => onProgress?.(before + done, total),
    });
    before += indices.length;
    return {
      embeddings,
      labels: indices.map((index) => dataset.labels[index]!),
    };
  };
  const every = ({ count: length }: Dataset) =>
    Int32Array.from({ length }, (_, i) => i);
  return {
    gallery: await labelled(train, drawn.gallery),
    validation: await labelled(validation, every(validation)),
    test: await labelled(test, every(test)),
    sample: drawn.sample,
  };
}
