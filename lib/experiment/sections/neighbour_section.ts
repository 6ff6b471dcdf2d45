import type * as tf from "@tensorflow/tfjs";
import { accuracy } from "../../evaluation/classification/accuracy.ts";
import type { LabelledEmbeddings } from "../../evaluation/embeddings/labelled.ts";
import { findNeighbours } from "../../evaluation/retrieval/neighbours.ts";
import { voteOfNeighbours } from "../../evaluation/retrieval/vote.ts";
import { wilsonInterval } from "../../evaluation/statistics/wilson.ts";
import { lineChart } from "../../plots/figures/line_chart.ts";
import { percent } from "../report/report.ts";
import type { Material } from "./material.ts";
import { numberTable, type Section } from "../report/section.ts";
import { between, whole } from "../report/text.ts";

const KS = [1, 3, 5, 10, 20, 50, 100];

/** Classification by the k nearest training images; k by validation. */
export function neighbourSection(
  { gallery, validation, test }: Material,
): Section {
  const count = gallery.labels.length;
  const ks = KS.filter((k) => k <= count);
  const measure = voter(gallery, ks.at(-1)!);
  const [onValidation, onTest] = [measure(validation), measure(test)];
  const atK = ks.map((k) => ({
    k,
    accuracy: onTest(k),
    validationAccuracy: onValidation(k),
  }));
  const best = atK.reduce((a, b) =>
    b.validationAccuracy > a.validationAccuracy ? b : a
  );
  const tested = test.labels.length;
  const interval = wilsonInterval(Math.round(best.accuracy * tested), tested);
  return {
    title: "Recognition by the nearest neighbours",
    about: `Each test image gets the digit of most of its k nearest among ${
      whole(count)
    } training images. It needs no assumption about a digit's shape in the space; where it is much better than the nearest centroid, digits are not round there.`,
    headlines: [{
      measure: `${best.k} nearest neighbours: accuracy`,
      value: percent(best.accuracy),
      good: "100 % at best; the nearest centroid's or more",
    }],
    tables: [
      numberTable(
        "",
        ["k", "validation images", "test images"],
        atK.map(({ k, accuracy, validationAccuracy }) => [
          String(k),
          percent(validationAccuracy),
          percent(accuracy),
        ]),
      ),
    ],
    notes: [
      `The ${
        whole(validation.labels.length)
      } validation images choose k = ${best.k}; with it ${
        between(best.accuracy, interval)
      } of the test images are recognized.`,
    ],
    drawings: [{
      figure: lineChart(
        [
          {
            name: "test images",
            x: ks,
            y: atK.map(({ accuracy }) => accuracy),
          },
          {
            name: "validation images",
            x: ks,
            y: atK.map(({ validationAccuracy }) => validationAccuracy),
          },
        ],
        {
          xTitle: "k, the neighbours that vote",
          yTitle: "accuracy",
          xLog: true,
          xTicks: ks,
          yFormat: ".1~%",
          width: 860,
        },
      ),
      caption:
        "A curve that hardly falls towards large k belongs to digits that are far apart.",
    }],
    json: {
      neighbours: {
        gallery: count,
        k: best.k,
        accuracy: best.accuracy,
        interval,
        atK,
      },
    },
  };
}

/** One search for the largest k serves all others. */
function voter(
  gallery: { embeddings: tf.Tensor2D; labels: ArrayLike<number> },
  most: number,
): (images: LabelledEmbeddings) => (k: number) => number {
  return ({ embeddings, labels }) => {
    const found = findNeighbours(embeddings, {
      k: most,
      gallery: gallery.embeddings,
    });
    return (k) =>
      accuracy(voteOfNeighbours(found, gallery.labels, k).labels, labels);
  };
}
