import * as tf from "@tensorflow/tfjs";
import { strangerSection } from "../../../lib/experiment/sections/stranger_section.ts";
import { computeCentroids } from "../../../lib/evaluation/classification/centroids.ts";
import {
  type Labelled,
  selectLabelled,
} from "../../../lib/evaluation/embeddings/labelled.ts";
import { openSetCurve } from "../../../lib/evaluation/open_set/open_set.ts";
import {
  applyRejection,
  chooseRejection,
} from "../../../lib/evaluation/open_set/rejection.ts";
import { rocOfAllPairs } from "../../../lib/evaluation/verification/all_pairs.ts";
import { equalErrorRate } from "../../../lib/evaluation/verification/roc_measures.ts";
import {
  applyThreshold,
  chooseThreshold,
} from "../../../lib/evaluation/verification/threshold.ts";
import { assert, assertEquals } from "../../assert.ts";
import { madeUpMaterial } from "../measured/made_up.ts";

Deno.test("strangerSection() tests other strangers than it calibrates on", async () => {
  await tf.setBackend("cpu");
  const material = madeUpMaterial({ noise: 0.3 });
  const roles = { known: [0, 2, 4], calibratedOn: [1], testedOn: [3] };
  const measure = (unseen: boolean) =>
    strangerSection(material, { unseen, ...roles });
  const { json, notes } = measure(false);
  const { atFar, ...rest } = json.strangers!;
  assertEquals(rest, { unseen: false, ...roles, pairs: null });
  // 24 strangers are too few for one in a hundred.
  assertEquals(atFar.map(({ far }) => far), [0.1, 0.05]);
  for (const at of atFar) {
    const sum = at.identificationRate + at.confusionRate + at.rejectionRate;
    assert(Math.abs(sum - 1) < 1e-12);
  }
  const of = (images: Labelled, digits: number[]) =>
    selectLabelled(
      images,
      Array.from(images.labels, (_, row) => row)
        .filter((row) => digits.includes(images.labels[row]!)),
    );
  const { gallery, validation, test } = material;
  const learned = of(gallery, [0, 2, 4]);
  const centroids = computeCentroids(learned.embeddings, learned.labels);
  const meet = (images: Labelled, stranger: number) =>
    openSetCurve(centroids, {
      known: of(images, [0, 2, 4]),
      strangers: of(images, [stranger]).embeddings,
    });
  const threshold = chooseRejection(meet(validation, 1), 0.1);
  assertEquals(atFar[0], {
    far: 0.1,
    ...applyRejection(meet(test, 3), threshold),
  });
  assert(notes[0]!.startsWith("None of these strangers was left out"));
  assert(measure(true).notes[0]!.includes("trained without 1 and 3"));

  const { json: ofUnseen, notes: said } = measure(true);
  const { pairs } = ofUnseen.strangers!;
  const chosenOn = rocOfAllPairs(of(validation, [0, 2, 4]));
  const roc = rocOfAllPairs(of(test, [1, 3]));
  const { accuracy: _, ...expected } = applyThreshold(
    roc,
    chooseThreshold(chosenOn, "equal-error"),
  );
  const { validationRate, falseAcceptRate } = expected;
  assertEquals(pairs, {
    ...expected,
    positives: roc.positives,
    negatives: roc.negatives,
    equalErrorRate: equalErrorRate(roc).rate,
    balancedAccuracy: (validationRate + 1 - falseAcceptRate) / 2,
  });
  assert(said[1]!.startsWith("Verification between unseen digits"), said[1]);
});
