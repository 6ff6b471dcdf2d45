import { accuracy } from "../../evaluation/classification/accuracy.ts";
import { recognitionMeasures } from "../../evaluation/classification/class_measures.ts";
import type { Labelled } from "../../evaluation/embeddings/labelled.ts";
import { findNeighbours } from "../../evaluation/retrieval/neighbours.ts";
import { voteOfNeighbours } from "../../evaluation/retrieval/vote.ts";
import { wilsonInterval } from "../../evaluation/statistics/wilson.ts";
import { headline } from "../report/measures.ts";
import { percent } from "../report/report.ts";
import { shareChart } from "./curves.ts";
import type { Material } from "../measured/material.ts";
import { numberTable, type Section } from "../report/section.ts";
import { between, whole } from "../report/text.ts";

const KS = [1, 3, 5, 10, 20, 50, 100];

/** Classification by the k nearest training images; k by validation. */
export function neighbourSection(
  { gallery, validation, test }: Pick<
    Material,
    "gallery" | "validation" | "test"
  >,
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
    headlines: [headline(
      `${best.k} nearest neighbours`,
      recognitionMeasures.accuracy,
      best.accuracy,
      "the nearest centroid's or more",
    )],
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
      figure: shareChart(
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
        ks,
        { xTitle: "k, the neighbours that vote", yTitle: "accuracy" },
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
  gallery: Labelled,
  most: number,
): (images: Labelled) => (k: number) => number {
  return ({ embeddings, labels }) => {
    const found = findNeighbours(embeddings, {
      k: most,
      gallery: gallery.embeddings,
    });
    return (k) =>
      accuracy(voteOfNeighbours(found, gallery.labels, k).labels, labels);
  };
}
