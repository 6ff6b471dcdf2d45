import { rocOfAllPairs } from "../../evaluation/verification/all_pairs.ts";
import { divideIntoFolds } from "../../evaluation/verification/divide_into_folds.ts";
import { verifyOverFolds } from "../../evaluation/verification/folds.ts";
import {
  type Labelled,
  selectLabelled,
} from "../../evaluation/embeddings/labelled.ts";
import type { Roc } from "../../evaluation/verification/roc.ts";
import {
  applyThreshold,
  chooseThreshold,
  type Verification,
} from "../../evaluation/verification/threshold.ts";
import type { Random } from "../../numeric/random.ts";
import type { EvaluationJson, FarJson, VerifiedJson } from "../report/json.ts";

/** What is asked for; the last is more than 10,000 images can tell. */
const FARS = [1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-8];
const FOLDS = 10;
/** The FAR of the thresholds that folds choose for each other. */
const FOLD_FAR = 1e-3;

/**
 * Measures VAL at each FAR: with the threshold of the test pairs themselves, as
 * FaceNet reports it, and with that of validation pairs, as one would use it.
 * What the pairs are too few for is refused and says why.
 */
export function measureAtFars(test: Roc, validation: Roc): FarJson[] {
  return FARS.map((far) => {
    const reasons: string[] = [];
    const chosenOn = (roc: Roc, name: string) => {
      const threshold = orRefusal(() => chooseThreshold(roc, { far }));
      if (typeof threshold === "number") {
        return verified(applyThreshold(test, threshold));
      }
      reasons.push(`${name}: ${threshold}`);
      return null;
    };
    const chosenOnTest = chosenOn(test, "Test pairs");
    const chosenOnValidation = chosenOn(validation, "Validation pairs");
    return {
      far,
      chosenOnTest,
      chosenOnValidation,
      refused: reasons.join(". ") || null,
    };
  });
}

/** Verifies over folds of the images; null where they are too few. */
export function verifyFolds(
  images: Labelled,
  random: Random,
): EvaluationJson["verification"]["folds"] {
  const found = orRefusal(() => {
    const rocs = divideIntoFolds(images.labels, FOLDS, random).map((fold) =>
      rocOfAllPairs(selectLabelled(images, fold))
    );
    return verifyOverFolds(rocs, { far: FOLD_FAR });
  });
  if (typeof found === "string") return null;
  const { validationRate, falseAcceptRate } = found;
  return { far: FOLD_FAR, folds: FOLDS, validationRate, falseAcceptRate };
}

/** What the file keeps of a threshold's result. */
export function verified(
  { accuracy: _, ...result }: Verification,
): VerifiedJson {
  return result;
}

/** The result, or the message of the refusal. */
function orRefusal<T>(measure: () => T): T | string {
  try {
    return measure();
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
}
