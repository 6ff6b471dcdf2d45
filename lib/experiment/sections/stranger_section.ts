import { computeCentroids } from "../../evaluation/classification/centroids.ts";
import type { LabelledEmbeddings } from "../../evaluation/embeddings/labelled.ts";
import {
  type OpenSetCurve,
  openSetCurve,
} from "../../evaluation/open_set/open_set.ts";
import {
  applyRejection,
  chooseRejection,
} from "../../evaluation/open_set/rejection.ts";
import type { Centroids } from "../../evaluation/classification/centroids.ts";
import { lineChart } from "../../plots/figures/line_chart.ts";
import { percent } from "../report/report.ts";
import { lineOverFar } from "./curves.ts";
import type { StrangersJson } from "../report/json.ts";
import { type Material, withRows } from "./material.ts";
import type { Roles } from "./roles.ts";
import { numberTable, type Section } from "../report/section.ts";
import { between } from "../report/text.ts";

const FARS = [0.1, 0.05, 0.01];
const HEADLINE_FAR = 0.05;

/** Does the network tell digits that it knows from those that it does not? */
export function strangerSection(
  { gallery, validation, test }: Material,
  roles: Roles,
): Section {
  const { known, calibratedOn, testedOn, unseen } = roles;
  const centroids = ofDigits(
    gallery,
    known,
    ({ embeddings, labels }) => computeCentroids(embeddings, labels),
  );
  const meet = (images: LabelledEmbeddings, strangers: number[]) =>
    meetStrangers(centroids, images, known, strangers);
  const calibration = meet(validation, calibratedOn);
  const tested = meet(test, testedOn);
  centroids.vectors.dispose();
  const atFar: StrangersJson["atFar"] = FARS
    .filter((far) => far * calibration.strangers >= 1)
    .map((far) => ({
      far,
      ...applyRejection(tested, chooseRejection(calibration, far)),
    }));
  const headline = atFar.find(({ far }) => far === HEADLINE_FAR);
  return {
    title: "Strangers",
    about: `Only the digits ${
      list(known)
    } have centroids. An image farther than a threshold from all of them is taken for a stranger; the threshold lets a given share of the validation images of ${
      list(calibratedOn)
    } in, and is tested on test images of ${
      list(testedOn)
    }. A good network recognizes the known and still rejects strangers.`,
    headlines: headline
      ? [{
        measure: `${
          unseen ? "Unseen strangers" : "Strangers"
        }: identified / let in`,
        value: `${percent(headline.identificationRate)} / ${
          percent(headline.falseAcceptRate)
        }`,
        good: `100 % / ${percent(HEADLINE_FAR, 0)} as calibrated${
          unseen ? "" : "; flattered"
        }`,
      }]
      : [],
    tables: [
      numberTable(
        "",
        [
          "strangers let in, as calibrated",
          "of other strangers",
          "known, identified",
          "known, mistaken",
          "known, rejected",
        ],
        atFar.map((at) => [
          percent(at.far, 0),
          between(at.falseAcceptRate, at.falseAcceptInterval),
          between(at.identificationRate, at.identificationInterval),
          percent(at.confusionRate),
          percent(at.rejectionRate),
        ]),
      ),
    ],
    notes: [
      unseen
        ? `The network was trained without ${
          list([...calibratedOn, ...testedOn].toSorted())
        }.`
        : "No digits were left out of this network's training: it has learned to keep these strangers apart. What it does with digits that it has never seen, these weights cannot tell: expect worse.",
    ],
    drawings: [{
      figure: lineChart(
        [curve("test strangers", tested), curve("calibration", calibration)],
        {
          xTitle: "strangers let in",
          yTitle: "known digits identified",
          xLog: true,
          xTicks: [0.001, 0.01, 0.1, 1],
          yFormat: ".0%",
          width: 860,
        },
      ),
      caption:
        "The open-set curve: each point is a threshold. Two curves far from each other mean that a threshold for some strangers is not one for others.",
    }],
    json: { strangers: { unseen, known, calibratedOn, testedOn, atFar } },
  };
}

function meetStrangers(
  centroids: Centroids,
  images: LabelledEmbeddings,
  known: number[],
  strangers: number[],
): OpenSetCurve {
  return ofDigits(
    images,
    known,
    (those) =>
      ofDigits(
        images,
        strangers,
        ({ embeddings }) =>
          openSetCurve(centroids, { known: those, strangers: embeddings }),
      ),
  );
}

function ofDigits<T>(
  images: LabelledEmbeddings,
  digits: number[],
  measure: (some: LabelledEmbeddings) => T,
): T {
  const rows = Array.from(images.labels, (_, row) => row)
    .filter((row) => digits.includes(images.labels[row]!));
  return withRows(images, rows, measure);
}

function curve(name: string, open: OpenSetCurve) {
  const { falseAcceptRates, identificationRates, strangers } = open;
  return lineOverFar(name, falseAcceptRates, identificationRates, strangers);
}

function list(digits: number[]): string {
  if (digits.length < 2) return digits.join();
  return `${digits.slice(0, -1).join(", ")} and ${digits.at(-1)}`;
}
