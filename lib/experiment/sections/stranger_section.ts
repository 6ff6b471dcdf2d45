import { computeCentroids } from "../../evaluation/classification/centroids.ts";
import {
  type Labelled,
  selectLabelled,
} from "../../evaluation/embeddings/labelled.ts";
import {
  type OpenSetCurve,
  openSetCurve,
} from "../../evaluation/open_set/open_set.ts";
import { openSetMeasures } from "../../evaluation/open_set/open_set_measures.ts";
import {
  applyRejection,
  chooseRejection,
} from "../../evaluation/open_set/rejection.ts";
import { lineChart } from "../../plots/figures/line_chart.ts";
import { headline } from "../report/measures.ts";
import { percent } from "../report/report.ts";
import { lineOverFar, WIDTH } from "./curves.ts";
import type { StrangersJson } from "../report/json.ts";
import { pairsNote, verifyUnseen } from "../measured/unseen_pairs.ts";
import type { Material } from "../measured/material.ts";
import type { Roles } from "../measured/roles.ts";
import { type Headline, numberTable, type Section } from "../report/section.ts";
import { between } from "../report/text.ts";

const FARS = [0.1, 0.05, 0.01];
const HEADLINE_FAR = 0.05;

/** Does the network tell digits that it knows from those that it does not? */
export function strangerSection(
  { gallery, validation, test }: Material,
  roles: Roles,
): Section {
  const { known, calibratedOn, testedOn, unseen } = roles;
  const { embeddings, labels } = ofDigits(gallery, known);
  const centroids = computeCentroids(embeddings, labels);
  const meet = (images: Labelled, strangers: number[]) =>
    openSetCurve(centroids, {
      known: ofDigits(images, known),
      strangers: ofDigits(images, strangers).embeddings,
    });
  const calibration = meet(validation, calibratedOn);
  const tested = meet(test, testedOn);
  const atFar: AtFar = FARS
    .filter((far) => far * calibration.strangers >= 1)
    .map((far) => ({
      far,
      ...applyRejection(tested, chooseRejection(calibration, far)),
    }));
  const pairs = unseen
    ? verifyUnseen(
      ofDigits(validation, known),
      ofDigits(test, [...calibratedOn, ...testedOn]),
    )
    : null;
  return {
    title: "Strangers",
    about: `Only the digits ${
      list(known)
    } have centroids. An image farther than a threshold from all of them is taken for a stranger; the threshold lets a given share of the validation images of ${
      list(calibratedOn)
    } in, and is tested on test images of ${
      list(testedOn)
    }. A good network recognizes the known and still rejects strangers.`,
    headlines: headlines(unseen, atFar),
    tables: [farTable(atFar)],
    notes: [
      unseen
        ? `The network was trained without ${
          list([...calibratedOn, ...testedOn].toSorted())
        }.`
        : "None of these strangers was left out of this network's training: it has learned to keep them apart. What it does with digits that it has never seen, these weights cannot tell: expect worse.",
      ...(pairs ? [pairsNote(pairs)] : []),
    ],
    drawings: [{
      figure: lineChart(
        [curve("test strangers", tested), curve("calibration", calibration)],
        {
          xTitle: "strangers let in",
          yTitle: "known digits identified",
          xLog: true,
          xTicks: [0.001, 0.01, 0.1, 1],
          yFormat: ".2%",
          width: WIDTH,
        },
      ),
      caption:
        "The open-set curve: each point is a threshold. Two curves far from each other mean that a threshold for some strangers is not one for others.",
    }],
    json: {
      strangers: { unseen, known, calibratedOn, testedOn, atFar, pairs },
    },
  };
}

type AtFar = StrangersJson["atFar"];

function headlines(unseen: boolean, atFar: AtFar): Headline[] {
  const at = atFar.find(({ far }) => far === HEADLINE_FAR);
  if (!at) return [];
  return [headline(
    `${unseen ? "Unseen strangers" : "Strangers"}, ${
      percent(at.falseAcceptRate)
    } let in`,
    openSetMeasures.identificationRate,
    at.identificationRate,
    `${percent(HEADLINE_FAR, 0)} let in as calibrated${
      unseen ? "" : "; flattered"
    }`,
  )];
}

function farTable(atFar: AtFar) {
  const { falseAcceptRate, identificationRate, confusionRate, rejectionRate } =
    openSetMeasures;
  return numberTable(
    "",
    [
      "strangers, as calibrated",
      falseAcceptRate.name,
      identificationRate.name,
      confusionRate.name,
      rejectionRate.name,
    ],
    atFar.map((at) => [
      percent(at.far, 0),
      between(at.falseAcceptRate, at.falseAcceptInterval),
      between(at.identificationRate, at.identificationInterval),
      percent(at.confusionRate),
      percent(at.rejectionRate),
    ]),
  );
}

function ofDigits(images: Labelled, digits: number[]): Labelled {
  const rows = images.labels.map((_, row) => row)
    .filter((row) => digits.includes(images.labels[row]!));
  return selectLabelled(images, rows);
}

function curve(name: string, open: OpenSetCurve) {
  const { falseAcceptRates, identificationRates, strangers } = open;
  return lineOverFar(name, falseAcceptRates, identificationRates, strangers);
}

function list(digits: number[]): string {
  if (digits.length < 2) return digits.join();
  return `${digits.slice(0, -1).join(", ")} and ${digits.at(-1)}`;
}
