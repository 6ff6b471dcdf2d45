import { rightAndWrong } from "../../evaluation/classification/accuracy.ts";
import { centroidAccuracyOverDraws } from "../../evaluation/classification/centroid_draws.ts";
import {
  computeCentroids,
  nearestCentroid,
} from "../../evaluation/classification/centroids.ts";
import { classReport } from "../../evaluation/classification/class_report.ts";
import { confusionMatrix } from "../../evaluation/classification/confusion_matrix.ts";
import {
  type Labelled,
  selectLabelled,
} from "../../evaluation/embeddings/labelled.ts";
import { wilsonInterval } from "../../evaluation/statistics/wilson.ts";
import type { Random } from "../../numeric/random.ts";

/** How often the images of a centroid are drawn anew. */
export const DRAWS = 10;
/** How many images of each class make a centroid. */
export const NUMBERS = [1, 2, 5, 10, 20, 50, 100];

export type Recognition = ReturnType<typeof recognize>;

/**
 * Classifies the test images by the nearest centroid.
 *
 * @param gallery Class by class, as many of each: the first ones make its
 * centroid.
 */
export function recognize(
  gallery: Labelled,
  test: Labelled,
  { imagesPerClass, random }: { imagesPerClass: number; random: Random },
) {
  const perClass = gallery.labels.length / new Set(gallery.labels).size;
  const first = gallery.labels.map((_, row) => row)
    .filter((row) => row % perClass < imagesPerClass);
  const sources = selectLabelled(gallery, first);
  const centroids = computeCentroids(sources.embeddings, sources.labels);
  const nearest = nearestCentroid(test.embeddings, centroids);
  const { labels: predictions, certainties } = nearest;
  const classes = Array.from(centroids.classes);
  const confusion = confusionMatrix(predictions, test.labels, classes);
  const { right, wrong } = rightAndWrong(predictions, test.labels, certainties);
  const report = classReport(confusion);
  const testImages = test.labels.length;
  return {
    predictions,
    /** The surest mistake first. */
    wrong,
    centroidAccuracy: report.accuracy,
    centroidInterval: wilsonInterval(right.length, testImages),
    testImages,
    imagesPerClass,
    classes,
    confusion,
    classScores: report.classes.map((scores, i) => ({
      class: classes[i]!,
      ...scores,
    })),
    macro: report.macro,
    centroidCurve: NUMBERS.filter((n) => n <= perClass)
      .map((n) => overDraws(gallery, test, { imagesPerClass: n, random })),
  };
}

/** The accuracy with so many images for a centroid, whichever they are. */
function overDraws(
  gallery: Labelled,
  test: Labelled,
  { imagesPerClass, random }: { imagesPerClass: number; random: Random },
) {
  const how = { imagesPerClass, draws: DRAWS, random };
  const { mean, standardError } = centroidAccuracyOverDraws(gallery, test, how);
  return { imagesPerClass, draws: DRAWS, mean, standardError };
}
