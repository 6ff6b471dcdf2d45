import type { Material } from "../../../lib/experiment/measured/material.ts";
import type { Labelled } from "../../../lib/evaluation/embeddings/labelled.ts";
import type { Dataset } from "../../../lib/digits/dataset.ts";
import {
  createRandom,
  type Random,
  shuffle,
} from "../../../lib/numeric/random.ts";
import { ofRows } from "../../evaluation/embeddings/rows.ts";

/** How many numbers a made-up embedding has. */
const SIZE = 6;

/** What made-up embeddings are like. */
interface MadeUp {
  /** The digits; each has a direction of its own. */
  classes: number[];
  /** How many images of each the gallery has. */
  galleryPerClass: number;
  /** How many of each are for validation and for the test. */
  perClass: number;
  /** How far embeddings stray from their digit's direction. */
  noise: number;
}

/** Unit embeddings around as many directions as there are classes. */
export function madeUpMaterial(changes: Partial<MadeUp> = {}): Material {
  const { classes, galleryPerClass, perClass, noise }: MadeUp = {
    classes: [0, 1, 2, 3, 4],
    galleryPerClass: 12,
    perClass: 24,
    noise: 0.2,
    ...changes,
  };
  const random = createRandom(7);
  const images = (each: number, mixed: boolean) => {
    const labels = classes.flatMap((label) => Array(each).fill(label));
    if (mixed) shuffle(labels, random);
    return around(labels, noise, random);
  };
  const test = images(perClass, true);
  return {
    gallery: images(galleryPerClass, false),
    validation: images(perClass, true),
    test,
    sample: shuffle(
      Int32Array.from({ length: test.labels.length }, (_, i) => i),
      random,
    ).slice(0, 60),
  };
}

function around(
  labels: number[],
  noise: number,
  random: Random,
): Labelled {
  const rows = labels.map((label) => {
    const row = Array.from(
      { length: SIZE },
      (_, i) => (i === label % SIZE ? 1 : 0) + noise * random.normal(),
    );
    const length = Math.hypot(...row);
    return row.map((value) => value / length);
  });
  return { embeddings: ofRows(rows), labels: Int32Array.from(labels) };
}

/** Blank images with the test images' labels. */
export function blankImages({ test }: Material): Dataset {
  const labels = Uint8Array.from(test.labels);
  const count = labels.length;
  const images = new Uint8Array(count * 28 * 28);
  return { images, labels, count, height: 28, width: 28 };
}
