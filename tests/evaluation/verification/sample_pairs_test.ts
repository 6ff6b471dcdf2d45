import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { samplePairs } from "../../../lib/evaluation/verification/sample_pairs.ts";
import { createRandom } from "../../../lib/numeric/random.ts";
import { assert, assertEquals, assertThrows } from "../../assert.ts";
import {
  listPairs,
  severalClasses,
  toTensor,
  unusable,
} from "../embeddings/labelled.ts";

await tf.setBackend("cpu");

Deno.test("samplePairs() draws pairs of either kind, by its seed alone", () => {
  fc.assert(fc.property(severalClasses, fc.nat(), (written, seed) => {
    const draw = () =>
      samplePairs(toTensor(written), {
        positives: 8,
        negatives: 9,
        random: createRandom(seed),
      });
    const { positive, negative } = draw();
    const there = listPairs(written);
    assertEquals([positive.length, negative.length], [8, 9]);
    assert(positive.every((distance) => there.positive.includes(distance)));
    assert(negative.every((distance) => there.negative.includes(distance)));
    assertEquals(draw(), { positive, negative });
  }));
});

Deno.test("samplePairs() draws each pair as often as every other", () => {
  // The marks of a Golomb ruler: each distance is that of one pair.
  const rows = [0, 1, 4, 10, 18, 23, 25].map((mark) => [mark]);
  const written = { rows, labels: [5, 5, 3, 3, 3, 3, 8] };
  const draws = 2000;
  const there = listPairs(written);
  const sample = samplePairs(toTensor(written), {
    positives: draws * there.positive.length,
    negatives: draws * there.negative.length,
    random: createRandom(2),
  });
  for (const kind of ["positive", "negative"] as const) {
    assertEquals(there[kind].length, { positive: 7, negative: 14 }[kind]);
    for (const distance of there[kind]) {
      const count = sample[kind].filter((other) => other === distance).length;
      assert(Math.abs(count - draws) < 4.5 * Math.sqrt(draws), `${count}`);
    }
  }
});

Deno.test("samplePairs() refuses bad input and says what came", () => {
  const refuses = (
    message: string,
    embeddings: tf.Tensor2D,
    labels: number[],
    counts: { positives?: number; negatives?: number } = {},
  ) =>
    assertThrows(
      () =>
        samplePairs({ embeddings, labels }, {
          positives: 1,
          negatives: 1,
          random: createRandom(1),
          ...counts,
        }),
      RangeError,
      message,
    );
  for (const [embeddings, labels, message] of unusable()) {
    refuses(message, embeddings, labels);
  }
  refuses("got 3 and 0", tf.eye(3), [4, 4, 4]);
  refuses("got 0 and 3", tf.eye(3), [1, 2, 3]);
  refuses(
    "expected positives to be a whole number from 1 to 100000000, got 0",
    tf.eye(3),
    [1, 1, 3],
    {
      positives: 0,
    },
  );
  refuses(
    "negatives to be a whole number from 1 to 100000000, got 1.5",
    tf.eye(3),
    [
      1,
      1,
      3,
    ],
    {
      negatives: 1.5,
    },
  );
});
