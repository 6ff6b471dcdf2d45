import { samplePairs } from "../../evaluation/verification/sample_pairs.ts";
import { rocOfAllPairs } from "../../evaluation/verification/all_pairs.ts";
import type { Roc } from "../../evaluation/verification/roc.ts";
import {
  applyThreshold,
  chooseThreshold,
} from "../../evaluation/verification/threshold.ts";
import {
  type RocMeasure,
  rocMeasures,
  thresholdMeasures,
} from "../../evaluation/verification/verification_measures.ts";
import { computeMeasures } from "../../evaluation/statistics/measure.ts";
import { distanceHistogram } from "../../plots/figures/distance_histogram.ts";
import { lineChart } from "../../plots/figures/line_chart.ts";
import type { Random } from "../../numeric/random.ts";
import type { EvaluationJson, VerifiedJson } from "../report/json.ts";
import { headline } from "../report/measures.ts";
import { percent } from "../report/report.ts";
import { lineOverFar, WIDTH } from "./curves.ts";
import type { Material } from "../measured/material.ts";
import {
  type Drawing,
  type Headline,
  numberTable,
  type Section,
} from "../report/section.ts";
import { between, power, whole } from "../report/text.ts";
import { measureAtFars, verified, verifyFolds } from "../measured/verify.ts";

const DRAWN_PAIRS = 20_000;

/** Are two images of one digit? All pairs of test images, at all thresholds. */
export function verificationSection(
  { validation, test }: Material,
  { margin, random }: { margin?: number | undefined; random: Random },
): Section {
  const roc = rocOfAllPairs(test);
  const chosenOn = rocOfAllPairs(validation);
  const ofCurve = computeMeasures(rocMeasures, roc);
  const atFar = measureAtFars(roc, chosenOn);
  const equalErrorThreshold = verified(
    applyThreshold(roc, chooseThreshold(chosenOn, "equal-error")),
  );
  const folds = verifyFolds(test, random);
  const pairs = samplePairs(test, {
    positives: DRAWN_PAIRS,
    negatives: DRAWN_PAIRS,
    random,
  });
  const { positives, negatives } = roc;
  const verification = {
    positives,
    negatives,
    ...ofCurve,
    equalErrorThreshold,
    atFar,
    folds,
  };
  return {
    title: "Verification",
    about:
      "Two images are taken for one digit if their squared distance is at most a threshold. VAL is the share of pairs of one digit that is accepted, FAR that of pairs of two digits; a good network keeps VAL near 100 % where FAR is tiny.",
    headlines: headlines(verification),
    tables: [farTable(verification)],
    notes: notes(verification, chosenOn.negatives),
    drawings: drawings(roc, chosenOn, { pairs, margin }),
    json: { verification },
  };
}

type VerificationJson = EvaluationJson["verification"];

function headlines({ atFar, ...ofCurve }: VerificationJson): Headline[] {
  const subject = "Verification";
  const paper = atFar.find(({ far }) => far === 1e-3)?.chosenOnTest;
  const { validationRate } = thresholdMeasures;
  return [
    ...(Object.keys(rocMeasures) as RocMeasure[]).map((key) =>
      headline(subject, rocMeasures[key], ofCurve[key])
    ),
    ...(paper
      ? [headline(
        subject,
        { ...validationRate, name: "VAL at FAR 10⁻³" },
        paper.validationRate,
        "FaceNet's own measure",
      )]
      : []),
  ];
}

function farTable({ positives, negatives, atFar }: VerificationJson) {
  const rate = (at: VerifiedJson | null) =>
    at ? between(at.validationRate, at.validationInterval) : "refused";
  return numberTable(
    `${whole(positives)} pairs of one digit and ${
      whole(negatives)
    } of two among the test images`,
    [
      "FAR asked for",
      "VAL, threshold from these pairs",
      "VAL, threshold from validation",
      "its FAR",
    ],
    atFar.map(({ far, chosenOnTest, chosenOnValidation: carried }) => [
      power(far),
      rate(chosenOnTest),
      rate(carried),
      carried ? power(carried.falseAcceptRate) : "",
    ]),
  );
}

function notes(
  { equalErrorRate, equalErrorThreshold: equal, folds, atFar, negatives }:
    VerificationJson,
  ofValidation: number,
): string[] {
  return [
    `Equal error: ${
      percent(equalErrorRate)
    } on the test pairs. The validation pairs' threshold, ${
      equal.threshold.toFixed(3)
    }, refuses ${
      percent(1 - equal.validationRate)
    } of the pairs of one digit and accepts ${
      percent(equal.falseAcceptRate)
    } of those of two.`,
    "Brackets are Wilson's 95 % intervals for independent pairs. Pairs that share an image are not independent, so they are too narrow; the error over folds is not.",
    folds
      ? `Over ${folds.folds} folds of test images, thresholds from the other folds at FAR ${
        power(folds.far)
      }: VAL ${percent(folds.validationRate.mean)} ± ${
        percent(folds.validationRate.standardError)
      }, FAR ${power(folds.falseAcceptRate.mean)} ± ${
        power(folds.falseAcceptRate.standardError)
      }.`
      : "The test images are too few for folds.",
    ...atFar.filter(({ refused }) => refused !== null).map(({ far }) =>
      `FAR ${power(far)} is refused: it needs ${
        whole(Math.ceil(1 / far))
      } pairs of two digits; there are ${
        whole(negatives)
      } among the test images and ${
        whole(ofValidation)
      } among the validation images.`
    ),
  ];
}

function drawings(
  test: Roc,
  validation: Roc,
  { pairs, margin }: {
    pairs: ReturnType<typeof samplePairs>;
    margin?: number | undefined;
  },
): Drawing[] {
  const line = (name: string, roc: Roc) =>
    lineOverFar(name, roc.falseAcceptRates, roc.validationRates, roc.negatives);
  return [
    {
      figure: lineChart(
        [line("test pairs", test), line("validation pairs", validation)],
        {
          xTitle: "FAR, accepted pairs of two digits",
          yTitle: "VAL, accepted pairs of one digit",
          xLog: true,
          yFormat: ".2%",
          width: WIDTH,
        },
      ),
      caption:
        "The ROC curve, with a logarithmic axis since false accepts must be rare. The higher at the left, the better.",
    },
    {
      figure: distanceHistogram(pairs, {
        width: WIDTH,
        ...(margin !== undefined && { margin }),
      }),
      caption: `Distances of ${
        whole(2 * DRAWN_PAIRS)
      } pairs drawn at random. The less the two overlap, the better; the margin is the gap that training asked for.`,
    },
  ];
}
