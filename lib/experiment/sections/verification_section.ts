import { samplePairs } from "../../evaluation/verification/sample_pairs.ts";
import { rocOfAllPairs } from "../../evaluation/verification/all_pairs.ts";
import type { Roc } from "../../evaluation/verification/roc.ts";
import {
  areaUnderRoc,
  equalErrorRate,
} from "../../evaluation/verification/roc_measures.ts";
import {
  applyThreshold,
  chooseThreshold,
} from "../../evaluation/verification/threshold.ts";
import { distanceHistogram } from "../../plots/figures/distance_histogram.ts";
import { lineChart } from "../../plots/figures/line_chart.ts";
import type { Random } from "../../numeric/random.ts";
import { percent } from "../report/report.ts";
import { lineOverFar } from "./curves.ts";
import type { Material } from "./material.ts";
import { type Drawing, numberTable, type Section } from "../report/section.ts";
import { between, power, whole } from "../report/text.ts";
import { FOLD_FAR, measureAtFars, verified, verifyFolds } from "./verify.ts";

const DRAWN_PAIRS = 20_000;

/** Are two images of one digit? All pairs of test images, at all thresholds. */
export function verificationSection(
  { validation, test }: Material,
  { margin, random }: { margin?: number | undefined; random: Random },
): Section {
  const roc = rocOfAllPairs(test);
  const chosenOn = rocOfAllPairs(validation);
  const area = areaUnderRoc(roc);
  const { rate } = equalErrorRate(roc);
  const equal = verified(
    applyThreshold(roc, chooseThreshold(chosenOn, "equal-error")),
  );
  const atFar = measureAtFars(roc, chosenOn);
  const folds = verifyFolds(test, random);
  const pairs = samplePairs(test, {
    positives: DRAWN_PAIRS,
    negatives: DRAWN_PAIRS,
    random,
  });
  const { positives, negatives } = roc;
  const paper = atFar.find(({ far }) => far === 1e-3)!.chosenOnTest;
  return {
    title: "Verification",
    about:
      "Two images are taken for one digit if their squared distance is at most a threshold. VAL is the share of pairs of one digit that is accepted, FAR that of pairs of two digits; a good network keeps VAL near 100 % where FAR is tiny.",
    headlines: [
      {
        measure: "Verification: area under ROC",
        value: area.toFixed(4),
        good: "1 at best; 0.5 is guessing",
      },
      {
        measure: "Verification: equal error rate",
        value: percent(rate),
        good: "0 % at best; 50 % is guessing",
      },
      ...(paper
        ? [{
          measure: "Verification: VAL at FAR 10⁻³",
          value: percent(paper.validationRate),
          good: "100 % at best; FaceNet's own measure",
        }]
        : []),
    ],
    tables: [
      numberTable(
        `${whole(positives)} pairs of one digit and ${
          whole(negatives)
        } of two among the test images`,
        [
          "FAR asked for",
          "VAL, threshold from these pairs",
          "VAL, threshold from validation",
          "its FAR",
        ],
        atFar.map(({ far, chosenOnTest: own, chosenOnValidation: carried }) => [
          power(far),
          own ? between(own.validationRate, own.validationInterval) : "refused",
          carried
            ? between(carried.validationRate, carried.validationInterval)
            : "refused",
          carried ? power(carried.falseAcceptRate) : "",
        ]),
      ),
    ],
    notes: [
      `Equal error: ${
        percent(rate)
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
          power(FOLD_FAR)
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
          whole(chosenOn.negatives)
        } among the validation images.`
      ),
    ],
    drawings: drawings(roc, chosenOn, { pairs, margin }),
    json: {
      verification: {
        positives,
        negatives,
        areaUnderRoc: area,
        equalErrorRate: rate,
        equalErrorThreshold: equal,
        atFar,
        folds,
      },
    },
  };
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
          yFormat: ".0%",
          width: 860,
        },
      ),
      caption:
        "The ROC curve, with a logarithmic axis since false accepts must be rare. The higher at the left, the better.",
    },
    {
      figure: distanceHistogram(pairs, {
        width: 860,
        ...(margin !== undefined && { margin }),
      }),
      caption: `Distances of ${
        whole(2 * DRAWN_PAIRS)
      } pairs drawn at random. The less the two overlap, the better; the margin is the gap that training asked for.`,
    },
  ];
}
