import type { Dataset } from "../../digits/dataset.ts";
import type { Baselines } from "../../evaluation/classification/baselines.ts";
import {
  classMeasures,
  recognitionMeasures,
} from "../../evaluation/classification/class_measures.ts";
import type { ClassScores } from "../../evaluation/classification/class_report.ts";
import type { Random } from "../../numeric/random.ts";
import { confusionFigure } from "../../plots/figures/confusion_figure.ts";
import { imageGrid } from "../../plots/figures/image_grid.ts";
import type { Material } from "../measured/material.ts";
import {
  DRAWS,
  NUMBERS,
  type Recognition,
  recognize,
} from "../measured/recognize.ts";
import type { EvaluationJson } from "../report/json.ts";
import { headline, measureColumns } from "../report/measures.ts";
import { digitsForErrors, percent } from "../report/report.ts";
import { type Drawing, numberTable, type Section } from "../report/section.ts";
import { between, whole } from "../report/text.ts";
import { shareChart } from "./curves.ts";

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
  { gallery, test }: Pick<Material, "gallery" | "test">,
  { imagesPerClass, images, baselines, random }: CentroidMaterial,
): Section {
  const { predictions, wrong, ...recognition } = recognize(gallery, test, {
    imagesPerClass,
    random,
  });
  const { untrained, rawPixels } = baselines;
  const json = {
    ...recognition,
    baselines: {
      untrained: untrained.accuracy,
      rawPixels: rawPixels.accuracy,
    },
    untrainedImages: untrained.testImages,
  };
  return {
    title: "Recognition by the nearest centroid",
    about:
      `The centroid of a digit is the mean embedding of ${imagesPerClass} training images of it; each of the ${
        whole(test.labels.length)
      } test images gets the digit of the nearest one. A good network is far above raw pixels, and above itself before training.`,
    headlines: [headline(
      "Nearest centroid",
      recognitionMeasures.accuracy,
      json.centroidAccuracy,
      `raw pixels ${percent(rawPixels.accuracy)}`,
    )],
    tables: tables(json),
    notes: [
      `The standard error is that of the mean over ${DRAWS} draws from ${
        gallery.labels.length / json.classes.length
      } training images a digit. All draws share the test images: it says nothing about other test images.`,
    ],
    drawings: [...drawings(json), ...mistakes(images, wrong, predictions)],
    json,
  };
}

/** What the section writes into the report's JSON. */
type CentroidJson =
  & Omit<Recognition, "predictions" | "wrong">
  & Pick<EvaluationJson, "baselines" | "untrainedImages">;

function tables(json: CentroidJson) {
  const { baselines, classScores, macro } = json;
  const { names, cells } = measureColumns(classMeasures);
  const scoreRow = (name: string, scores: ClassScores) => [
    name,
    ...cells(scores),
    whole(scores.support),
  ];
  const digits = digitsForErrors(
    json.centroidCurve.map(({ standardError }) => standardError),
  );
  const accuracy = between(json.centroidAccuracy, json.centroidInterval);
  return [
    numberTable(
      "",
      ["embedding", "accuracy (95 % interval)", "test images"],
      [
        ["trained network", accuracy, whole(json.testImages)],
        [
          "untrained network",
          percent(baselines.untrained),
          whole(json.untrainedImages),
        ],
        ["raw pixels", percent(baselines.rawPixels), whole(json.testImages)],
      ],
    ),
    numberTable(
      "",
      ["digit", ...names, "test images"],
      [
        ...classScores.map((scores) => scoreRow(`${scores.class}`, scores)),
        scoreRow("mean", macro),
      ],
    ),
    numberTable(
      "",
      ["images a centroid", "mean accuracy", "standard error"],
      json.centroidCurve.map(({ imagesPerClass, mean, standardError }) => [
        String(imagesPerClass),
        percent(mean, digits),
        percent(standardError, digits),
      ]),
    ),
  ];
}

function drawings(
  { confusion, classes, centroidCurve }: CentroidJson,
): Drawing[] {
  return [
    {
      figure: confusionFigure(confusion, { classes, width: 600, height: 560 }),
      caption:
        "Rows are what an image shows, columns what it was taken for. Mistakes have a color scale of their own.",
    },
    {
      figure: shareChart(
        [{
          name: "accuracy",
          x: centroidCurve.map(({ imagesPerClass }) => imagesPerClass),
          y: centroidCurve.map(({ mean }) => mean),
          error: centroidCurve.map(({ standardError }) => standardError),
        }],
        NUMBERS,
        {
          xTitle: "training images a centroid",
          yTitle: "accuracy on test images",
        },
      ),
      caption:
        "How many examples a digit needs. Bars are one standard error up and down; where the curve is flat, more examples do not help.",
    },
  ];
}

function mistakes(
  images: Dataset,
  wrong: Int32Array,
  predictions: Int32Array,
): Drawing[] {
  if (wrong.length === 0) return [];
  const indices = wrong.subarray(0, MISTAKES);
  return [{
    figure: imageGrid(images, { indices, predictions }),
    caption: `The surest of ${
      whole(wrong.length)
    } mistakes: “5, not 0” is a five that was taken for a zero, and far from any doubt.`,
  }];
}
