import * as tf from "@tensorflow/tfjs";
import { drawPerClass } from "../../digits/classes.ts";
import type { Dataset } from "../../digits/dataset.ts";
import {
  type Embed,
  embedImages,
  type EmbedOptions,
} from "../../evaluation/embeddings/embed_images.ts";
import type { LabelledEmbeddings } from "../../evaluation/embeddings/labelled.ts";
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

/** Which images an evaluation looks at. */
export interface Drawn {
  /** Of the training images, class by class, `galleryPerClass` of each. */
  gallery: Int32Array;
  /** Of the training images: the first `imagesPerClass` of each class there. */
  centroids: Int32Array;
  /** Of the test images, in random order. */
  sample: Int32Array;
}

/**
 * Draws the images of an evaluation. With the same stream, the images of the
 * centroids and of the untrained network are those of `evaluateWithBaselines`:
 * what `train` measured at its end.
 */
export function drawMaterial(
  { train, test }: RunData,
  { galleryPerClass, imagesPerClass, sample }: Sizes,
  random: Random,
): Drawn {
  const gallery = drawPerClass(train.labels, galleryPerClass, random);
  const order = shuffle(
    Int32Array.from({ length: test.count }, (_, i) => i),
    random,
  );
  return {
    gallery,
    centroids: gallery.filter((_, i) => i % galleryPerClass < imagesPerClass),
    sample: order.slice(0, sample),
  };
}

/** The embeddings that all measures share. */
export interface Material {
  /** Of training images, class by class. */
  gallery: LabelledEmbeddings;
  /** Of validation images, in random order: what thresholds are chosen on. */
  validation: LabelledEmbeddings;
  /** Of all test images. */
  test: LabelledEmbeddings;
  /** Some of the test images' rows. */
  sample: Int32Array;
}

/**
 * Embeds every image that an evaluation needs, once.
 *
 * @returns The caller disposes it with {@linkcode disposeMaterial}.
 */
export async function embedMaterial(
  embed: Embed,
  { train, validation, test }: RunData,
  drawn: Drawn,
  { onProgress, ...embedding }: EmbedOptions = {},
): Promise<Material> {
  const total = drawn.gallery.length + validation.count + test.count;
  let before = 0;
  const made: tf.Tensor[] = [];
  const labelled = async (dataset: Dataset, indices: ArrayLike<number>) => {
    const embeddings = await embedImages(embed, dataset, indices, {
      ...embedding,
      onProgress: (done) => onProgress?.(before + done, total),
    });
    before += indices.length;
    made.push(embeddings);
    return {
      embeddings,
      labels: Array.from(indices, (index) => dataset.labels[index]!),
    };
  };
  const every = ({ count }: Dataset) =>
    Array.from({ length: count }, (_, i) => i);
  try {
    return {
      gallery: await labelled(train, drawn.gallery),
      validation: await labelled(validation, every(validation)),
      test: await labelled(test, every(test)),
      sample: drawn.sample,
    };
  } catch (error) {
    tf.dispose(made);
    throw error;
  }
}

/** Disposes the embeddings. */
export function disposeMaterial({ gallery, validation, test }: Material): void {
  tf.dispose([gallery, validation, test].map(({ embeddings }) => embeddings));
}

/** Some of the labelled embeddings; the caller disposes the new tensor. */
export function takeRows(
  { embeddings, labels }: LabelledEmbeddings,
  rows: ArrayLike<number>,
): LabelledEmbeddings {
  const indices = Int32Array.from(rows);
  return {
    embeddings: tf.gather(embeddings, indices),
    labels: Array.from(indices, (row) => labels[row]!),
  };
}

/** Measures some of the labelled embeddings. */
export function withRows<T>(
  images: LabelledEmbeddings,
  rows: ArrayLike<number>,
  measure: (some: LabelledEmbeddings) => T,
): T {
  const some = takeRows(images, rows);
  try {
    return measure(some);
  } finally {
    some.embeddings.dispose();
  }
}
