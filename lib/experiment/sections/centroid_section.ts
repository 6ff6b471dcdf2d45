import type { Dataset } from "../../digits/dataset.ts";
import {
  accuracy,
  rightAndWrong,
} from "../../evaluation/classification/accuracy.ts";
import { centroidAccuracyOverDraws } from "../../evaluation/classification/centroid_draws.ts";
import {
  computeCentroids,
  nearestCentroid,
} from "../../evaluation/classification/centroids.ts";
import {
  classReport,
  type ClassScores,
} from "../../evaluation/classification/class_report.ts";
import { confusionMatrix } from "../../evaluation/classification/confusion_matrix.ts";
import { wilsonInterval } from "../../evaluation/statistics/wilson.ts";
import { confusionFigure } from "../../plots/figures/confusion_figure.ts";
import { imageGrid } from "../../plots/figures/image_grid.ts";
import { lineChart } from "../../plots/figures/line_chart.ts";
import type { Random } from "../../numeric/random.ts";
import { percent } from "../report/report.ts";
import type { Baselines } from "./baselines.ts";
import { type Material, withRows } from "./material.ts";
import { type Drawing, numberTable, type Section } from "../report/section.ts";
import { between, whole } from "../report/text.ts";

const DRAWS = 10;
const CURVE = [1, 2, 5, 10, 20, 50, 100];
const MISTAKES = 40;

/** What the section needs besides the embeddings. */
export interface CentroidMaterial {
  /** How many of each class's images in the gallery make its centroid. */
  imagesPerClass: number;
  /** The test images themselves, to show mistakes. */
  images: Dataset;
  baselines: Baselines;
  /** Draws the centroids' images again and again. */
  random: Random;
}

/** Nearest-centroid classification of all test images. */
export function centroidSection(
  { gallery, test }: Material,
  { imagesPerClass, images, baselines, random }: CentroidMaterial,
): Section {
  const perClass = countPerClass(gallery.labels);
  const first = Array.from(gallery.labels, (_, row) => row)
    .filter((row) => row % perClass < imagesPerClass);
  const centroids = withRows(
    gallery,
    first,
    ({ embeddings, labels }) => computeCentroids(embeddings, labels),
  );
  const nearest = nearestCentroid(test.embeddings, centroids);
  centroids.vectors.dispose();
  const classes = Array.from(centroids.classes);
  const confusion = confusionMatrix(nearest.labels, test.labels, classes);
  const share = accuracy(nearest.labels, test.labels);
  const { right, wrong } = rightAndWrong(
    nearest.labels,
    test.labels,
    nearest.margins,
  );
  const interval = wilsonInterval(right.length, test.labels.length);
  const report = classReport(confusion);
  const curve = CURVE.filter((n) => n <= perClass).map((n) => ({
    imagesPerClass: n,
    draws: DRAWS,
    ...centroidAccuracyOverDraws(gallery, test, {
      imagesPerClass: n,
      draws: DRAWS,
      random,
    }),
  })).map(({ accuracies: _, ...point }) => point);
  const classScores = report.classes.map((scores, i) => ({
    class: classes[i]!,
    ...scores,
  }));
  return {
    title: "Recognition by the nearest centroid",
    about:
      `The centroid of a digit is the mean embedding of ${imagesPerClass} training images of it; each of the ${
        whole(test.labels.length)
      } test images gets the digit of the nearest one. A good network is far above raw pixels, and above itself before training.`,
    headlines: [{
      measure: "Nearest centroid: accuracy",
      value: percent(share),
      good: `100 % at best; raw pixels ${percent(baselines.rawPixels)}`,
    }],
    tables: [
      numberTable(
        "",
        ["embedding", "accuracy (95 % interval)", "test images"],
        [
          ["trained network", between(share, interval), whole(images.count)],
          [
            "untrained network",
            percent(baselines.untrained),
            whole(baselines.untrainedImages),
          ],
          ["raw pixels", percent(baselines.rawPixels), whole(images.count)],
        ],
      ),
      numberTable("", ["digit", "precision", "recall", "F1", "test images"], [
        ...classScores.map((scores) => scoreRow(String(scores.class), scores)),
        scoreRow("mean", report.macro),
      ]),
      numberTable(
        "",
        ["images a centroid", "mean accuracy", "standard error"],
        curve.map(({ imagesPerClass, mean, standardError }) => [
          String(imagesPerClass),
          percent(mean),
          percent(standardError),
        ]),
      ),
    ],
    notes: [
      `The standard error is that of the mean over ${DRAWS} draws from ${perClass} training images a digit. All draws share the test images: it says nothing about other test images.`,
    ],
    drawings: [
      {
        figure: confusionFigure(confusion, {
          classes,
          width: 600,
          height: 560,
        }),
        caption:
          "Rows are what an image shows, columns what it was taken for. Mistakes have a colour scale of their own.",
      },
      {
        figure: lineChart([{
          name: "accuracy",
          x: curve.map((point) => point.imagesPerClass),
          y: curve.map(({ mean }) => mean),
          error: curve.map(({ standardError }) => standardError),
        }], {
          xTitle: "training images a centroid",
          yTitle: "accuracy on test images",
          xLog: true,
          xTicks: CURVE,
          yFormat: ".1~%",
          width: 860,
        }),
        caption:
          "How many examples a digit needs. Bars are one standard error up and down; where the curve is flat, more examples do not help.",
      },
      ...mistakes(images, wrong, nearest.labels),
    ],
    json: {
      centroidAccuracy: share,
      centroidInterval: interval,
      baselines: {
        untrained: baselines.untrained,
        rawPixels: baselines.rawPixels,
      },
      untrainedImages: baselines.untrainedImages,
      testImages: test.labels.length,
      imagesPerClass,
      classes,
      confusion,
      classScores,
      macro: report.macro,
      centroidCurve: curve,
    },
  };
}

function countPerClass(labels: ArrayLike<number>): number {
  return labels.length / new Set(Array.from(labels)).size;
}

function scoreRow(name: string, scores: ClassScores): string[] {
  const { precision, recall, f1, support } = scores;
  return [
    name,
    ...[precision, recall, f1].map((score) => percent(score)),
    whole(support),
  ];
}

function mistakes(
  images: Dataset,
  wrong: Int32Array,
  predictions: Int32Array,
): Drawing[] {
  if (wrong.length === 0) return [];
  return [{
    figure: imageGrid(images, {
      indices: wrong.subarray(0, MISTAKES),
      predictions,
    }),
    caption: `The surest of ${
      whole(wrong.length)
    } mistakes: “5, not 0” is a five that was taken for a zero, and far from any doubt.`,
  }];
}
