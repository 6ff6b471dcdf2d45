import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import {
  computeCentroids,
  nearestCentroid,
} from "../../../lib/evaluation/classification/centroids.ts";
import { openSetCurve } from "../../../lib/evaluation/open_set/open_set.ts";
import { upperBound } from "../../../lib/numeric/search.ts";
import golden from "../../fixtures/measures.json" with { type: "json" };
import {
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "../../assert.ts";
import { unusable } from "../embeddings/labelled.ts";

await tf.setBackend("cpu");

/** The items of some classes. */
function pick(
  { embeddings, labels }: typeof golden.queries,
  classes: number[],
) {
  const kept = labels.map((label) => classes.includes(label));
  return {
    embeddings: tf.tensor2d(embeddings.filter((_, i) => kept[i])),
    labels: labels.filter((_, i) => kept[i]),
  };
}

const { knownClasses, ...expected } = golden.openSet;
const sources = pick(golden.gallery, knownClasses);
const centroids = computeCentroids(sources.embeddings, sources.labels);

Deno.test("openSetCurve() equals scikit-learn's curve of identified images against strangers", () => {
  const known = pick(golden.queries, knownClasses);
  const strangers = tf.tensor2d(expected.strangers);
  const before = tf.memory().numTensors;
  const curve = openSetCurve(centroids, { known, strangers });
  assertEquals(tf.memory().numTensors, before);
  expected.thresholds.forEach((threshold, i) => {
    const place = upperBound(curve.thresholds, threshold + 1e-6) - 1;
    assertAlmostEquals(curve.thresholds[place]!, threshold, 1e-6);
    assertAlmostEquals(
      curve.identificationRates[place]!,
      expected.identificationRates[i]!,
      1e-12,
    );
    assertAlmostEquals(
      curve.falseAcceptRates[place]!,
      expected.falseAcceptRates[i]!,
      1e-12,
    );
  });
  assertEquals(curve.known, known.labels.length);
  assertEquals(curve.strangers, expected.strangers.length);
});

Deno.test("openSetCurve() counts image by image", () => {
  const axis = fc.constantFrom<number[]>(
    [1, 0],
    [0, 1],
    [-1, 0],
    [0, -1],
    [0.6, 0.8],
  );
  const known = fc.array(fc.tuple(axis, fc.constantFrom(3, 5)), {
    minLength: 1,
  });
  const strangers = fc.array(axis, { minLength: 1 });
  const two = computeCentroids(tf.tensor2d([[1, 0], [0, 1]]), [3, 5]);
  fc.assert(fc.property(known, strangers, (known, strangers) => {
    const probes = {
      known: {
        embeddings: tf.tensor2d(known.map(([row]) => row)),
        labels: known.map(([, label]) => label),
      },
      strangers: tf.tensor2d(strangers),
    };
    const curve = openSetCurve(two, probes);
    const met = nearestCentroid(probes.known.embeddings, two);
    const unknown = nearestCentroid(probes.strangers, two);
    assertEquals(curve.thresholds[0], -Infinity);
    curve.thresholds.forEach((threshold, i) => {
      const accepted = known.map(([, label], j) =>
        met.distances[j]! > threshold ? "no" : met.labels[j] === label
      );
      const share = (what: boolean) =>
        accepted.filter((is) => is === what).length / known.length;
      assertEquals(curve.identificationRates[i], share(true));
      assertEquals(curve.confusionRates[i], share(false));
      assertEquals(
        curve.falseAcceptRates[i],
        unknown.distances.filter((distance) => distance <= threshold).length /
          strangers.length,
      );
    });
  }));
});

Deno.test("openSetCurve() refuses bad input and says what came", () => {
  const strangers = tf.ones<tf.Rank.R2>([2, 3]);
  const three = computeCentroids(tf.eye(3), [1, 2, 5]);
  const refuses = (
    message: string,
    embeddings: tf.Tensor2D,
    labels: number[],
    others = strangers,
  ) =>
    assertThrows(
      () =>
        openSetCurve(three, {
          known: { embeddings, labels },
          strangers: others,
        }),
      RangeError,
      message,
    );
  for (const [embeddings, labels, message] of unusable()) {
    if (embeddings.shape[1] !== 3) continue;
    refuses(message, embeddings, labels);
  }
  refuses("among the classes 1, 2, 5, got 7", tf.eye(3), [1, 2, 7]);
  refuses(
    "got a tensor of shape [0, 3]",
    tf.eye(3),
    [1, 2, 5],
    tf.zeros([0, 3]),
  );
  refuses("got NaN in row 0", tf.eye(3), [1, 2, 5], tf.fill([2, 3], NaN));
  refuses("expected embeddings of size 3", tf.eye(2), [1, 2]);
});
