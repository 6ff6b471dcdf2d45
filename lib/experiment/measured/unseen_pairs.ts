import type { Labelled } from "../../evaluation/embeddings/labelled.ts";
import { rocOfAllPairs } from "../../evaluation/verification/all_pairs.ts";
import { equalErrorRate } from "../../evaluation/verification/roc_measures.ts";
import {
  applyThreshold,
  chooseThreshold,
} from "../../evaluation/verification/threshold.ts";
import type { UnseenPairsJson } from "../report/json.ts";
import { percent } from "../report/report.ts";
import { whole } from "../report/text.ts";
import { verified } from "./verify.ts";

/**
 * Are two images of one digit, where training saw neither? The threshold is that of
 * the equal error of known digits: no unseen digit chooses it.
 *
 * @param known Validation images of known digits.
 * @param unseen Test images of at least two digits that training did not see.
 */
export function verifyUnseen(
  known: Labelled,
  unseen: Labelled,
): UnseenPairsJson {
  const roc = rocOfAllPairs(unseen);
  const threshold = chooseThreshold(rocOfAllPairs(known), "equal-error");
  const at = verified(applyThreshold(roc, threshold));
  return {
    positives: roc.positives,
    negatives: roc.negatives,
    equalErrorRate: equalErrorRate(roc).rate,
    ...at,
    balancedAccuracy: (at.validationRate + 1 - at.falseAcceptRate) / 2,
  };
}

/** What {@linkcode verifyUnseen} found, as a sentence. */
export function pairsNote(
  { positives, negatives, ...rates }: UnseenPairsJson,
): string {
  return `Verification between unseen digits, ${
    whole(positives)
  } test pairs of one and ${
    whole(negatives)
  } of two: the threshold of known digits' equal error, ${
    rates.threshold.toFixed(3)
  }, accepts ${percent(rates.validationRate)} of the first and ${
    percent(rates.falseAcceptRate)
  } of the second; of as many of each, ${
    percent(rates.balancedAccuracy)
  } are judged right. The unseen pairs' own equal error is ${
    percent(rates.equalErrorRate)
  }.`;
}
