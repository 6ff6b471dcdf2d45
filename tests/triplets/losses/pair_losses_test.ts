import * as tf from "@tensorflow/tfjs";
import { createRandom } from "../../../lib/numeric/random.ts";
import { contrastiveLoss } from "../../../lib/triplets/losses/contrastive_loss.ts";
import { liftedStructureLoss } from "../../../lib/triplets/losses/lifted_structure_loss.ts";
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "../../assert.ts";
import { testOnBackends } from "../backends.ts";
import { golden } from "../golden/golden.ts";
import { assertGradient, valueAndGradient } from "./gradients.ts";
import { squared } from "../oracle.ts";

const losses = {
  contrastiveLoss: {
    compute: contrastiveLoss,
    golden: golden.contrastive,
    define: contrastive,
  },
  liftedStructureLoss: {
    compute: liftedStructureLoss,
    golden: golden.lifted,
    define: lifted,
  },
};

function contrastive(rows: number[][], labels: number[], margin: number) {
  let [sum, count] = [0, 0];
  for (let i = 0; i < rows.length; i++) {
    for (let j = 0; j < i; j++) {
      const d = Math.sqrt(squared(rows)(i, j));
      sum += (labels[i] === labels[j] ? d : Math.max(0, margin - d)) ** 2 / 2;
      count++;
    }
  }
  return sum / count;
}

function lifted(rows: number[][], labels: number[], margin: number) {
  const distance = (i: number, j: number) => Math.sqrt(squared(rows)(i, j));
  let [sum, count] = [0, 0];
  for (let i = 0; i < rows.length; i++) {
    for (let j = 0; j < i; j++) {
      if (labels[i] !== labels[j]) continue;
      let exponentials = 0;
      for (let k = 0; k < rows.length; k++) {
        if (labels[k] === labels[i]) continue;
        for (const own of [i, j]) {
          exponentials += Math.exp(margin - distance(own, k));
        }
      }
      const cost = Math.log(exponentials) + distance(i, j);
      sum += Math.max(0, cost) ** 2 / 2;
      count++;
    }
  }
  return sum / count;
}

for (
  const [name, { compute, golden: expected, define }] of Object.entries(losses)
) {
  testOnBackends(`${name}() equals PyTorch's`, () => {
    const { embeddings, labels, size } = golden;
    const { margin } = expected;
    const actual = valueAndGradient(
      (x) => compute(x, labels, { margin }),
      tf.tensor2d(embeddings, [labels.length, size]),
    );
    assertAlmostEquals(actual.value, expected.loss, 1e-5 * expected.loss);
    assertGradient(actual.gradient.flat(), expected.gradient);
  });

  testOnBackends(`${name}() equals its definition, and has its slope`, () => {
    const random = createRandom(3);
    for (const margin of [0, 0.5, 2]) {
      const rows = Array.from(
        { length: 9 },
        () => [random.normal(), random.normal()],
      );
      const labels = rows.map((_, i) => i % 3);
      const { value, gradient } = valueAndGradient(
        (x) => compute(x, labels, { margin }),
        tf.tensor2d(rows),
      );
      assertAlmostEquals(value, define(rows, labels, margin), 1e-5);
      const nudged = (a: number, i: number, by: number) => {
        const moved = rows.map((row) => [...row]);
        moved[a]![i]! += by;
        return define(moved, labels, margin);
      };
      rows.forEach((row, a) =>
        row.forEach((_, i) => {
          const slope = (nudged(a, i, 1e-6) - nudged(a, i, -1e-6)) / 2e-6;
          assertAlmostEquals(gradient[a]![i]!, slope, 1e-4);
        })
      );
    }
  });

  testOnBackends(
    `${name}() is finite at duplicates, and 0 for a single image`,
    () => {
      const { value, gradient } = valueAndGradient(
        (x) => compute(x, [0, 0, 1, 1], { margin: 1 }),
        tf.tensor2d([[1, 2], [1, 2], [1, 2], [3, 4]]),
      );
      assert(Number.isFinite(value) && value > 0);
      assert(gradient.flat().every(Number.isFinite));
      const alone = valueAndGradient(
        (x) => compute(x, [0], { margin: 1 }),
        tf.tensor2d([[1, 2]]),
      );
      assertEquals(alone.value, 0);
      assert(alone.gradient.flat().every((slope) => slope === 0));
    },
  );

  testOnBackends(`${name}() is NaN where an embedding is`, () => {
    const x = tf.tensor2d([[1, 2], [NaN, 2], [1, 2], [3, 4]]);
    for (const labels of [[0, 0, 1, 1], [0, 1, 2, 3]]) {
      const loss = compute(x, labels, { margin: 1 });
      assert(Number.isNaN(loss.arraySync()));
    }
  });

  testOnBackends(`${name}() leaves its result alone`, () => {
    const x = tf.tensor2d([[1, 2], [2, 2], [1, 4], [3, 4]]);
    const loss = (x: tf.Tensor) =>
      compute(x as tf.Tensor2D, [0, 0, 1, 1], { margin: 1 });
    const before = tf.memory().numTensors;
    loss(x);
    assertEquals(tf.memory().numTensors, before + 1);
    tf.valueAndGrad(loss)(x);
    assertEquals(tf.memory().numTensors, before + 3);
  });

  Deno.test(`${name}() refuses bad input and says what came`, async () => {
    await tf.setBackend("cpu");
    const x = tf.tensor2d([[1], [2]]);
    const refuses = (message: string, call: () => unknown) =>
      assertThrows(call, RangeError, message);
    refuses("got -1", () => compute(x, [0, 1], { margin: -1 }));
    refuses(
      "2 labels, got 3",
      () => compute(x, [0, 1, 1], { margin: 1 }),
    );
    refuses("got 0.5 at 1", () => compute(x, [0, 0.5], { margin: 1 }));
    refuses(
      "got a tensor of shape [2]",
      () =>
        compute(x.flatten() as unknown as tf.Tensor2D, [0, 1], { margin: 1 }),
    );
  });
}

testOnBackends("liftedStructureLoss() is 0 where no triplet is", () => {
  const x = tf.tensor2d([[1, 2], [2, 2], [1, 4]]);
  for (const labels of [[5, 5, 5], [1, 2, 3]]) {
    const { value, gradient } = valueAndGradient(
      (x) => liftedStructureLoss(x, labels, { margin: 1 }),
      x,
    );
    assertEquals(value, 0);
    assert(gradient.flat().every((slope) => slope === 0));
  }
});

testOnBackends(
  "contrastiveLoss() of a collapsed batch is half its negatives' squared margin",
  () => {
    const x = tf.tensor2d([[1, 2], [1, 2], [1, 2], [1, 2]]);
    const loss = contrastiveLoss(x, [0, 0, 1, 1], { margin: 2 }).arraySync();
    assertAlmostEquals(loss, 4 / 6 * 2 ** 2 / 2, 1e-5);
  },
);
