import * as tf from "@tensorflow/tfjs";
import { rocOfAllPairs } from "../../../lib/evaluation/verification/all_pairs.ts";
import {
  areaUnderRoc,
  equalErrorRate,
} from "../../../lib/evaluation/verification/roc_measures.ts";
import {
  applyThreshold,
  chooseThreshold,
} from "../../../lib/evaluation/verification/threshold.ts";
import { assert, assertEquals } from "../../assert.ts";
import { madeUpMaterial } from "../measured/made_up.ts";
import { sections } from "./sections.ts";

Deno.test("verificationSection() uses the thresholds of validation pairs and refuses small FARs", async () => {
  await tf.setBackend("cpu");
  const material = madeUpMaterial({ noise: 0.4 });
  const section = await sections.verification!(material, 1);
  const { atFar, ...verification } = section.json.verification!;
  const roc = rocOfAllPairs(material.test);
  const chosenOn = rocOfAllPairs(material.validation);
  assertEquals(verification.areaUnderRoc, areaUnderRoc(roc));
  assertEquals(verification.equalErrorRate, equalErrorRate(roc).rate);
  assertEquals(
    verification.positives + verification.negatives,
    120 * 119 / 2,
  );
  for (const { far, chosenOnTest, chosenOnValidation, refused } of atFar) {
    const few = far < 1 / roc.negatives;
    assertEquals(refused !== null, few);
    assertEquals(chosenOnTest === null, few);
    assertEquals(chosenOnValidation === null, few);
    if (few) continue;
    const threshold = chooseThreshold(chosenOn, { far });
    const { accuracy: _, ...expected } = applyThreshold(roc, threshold);
    assertEquals(chosenOnValidation, expected);
    assert(chosenOnTest!.falseAcceptRate <= far);
  }
  const smallest = atFar.at(-1)!;
  assert(smallest.refused!.includes("Test pairs: Cannot choose a threshold"));
  assert(
    section.notes.some((note) =>
      note.includes("10⁻⁸ is refused: it needs 100,000,000")
    ),
  );
  // 12 images a fold have too few pairs for a FAR of 1/1000; 20 have not.
  assertEquals(verification.folds, null);
  const more = await sections.verification!(
    madeUpMaterial({ perClass: 40, noise: 0.4 }),
    1,
  );
  const { folds, far, falseAcceptRate } = more.json.verification!.folds!;
  assertEquals([folds, far], [10, 0.001]);
  assert(falseAcceptRate.mean < 0.005 && falseAcceptRate.standardError > 0);
});
