import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import {
  type Axes,
  origin,
  tSneDivergence,
} from "../../../lib/evaluation/projections/t_sne_divergence.ts";
import { createRandom } from "../../../lib/numeric/random.ts";
import golden from "../../fixtures/projections.json" with { type: "json" };
import { assert, assertAlmostEquals } from "../../assert.ts";
import { jointProbabilities, tSneGradient } from "./oracle.ts";

await tf.setBackend("cpu");

function axesOf(points: number[][]): Axes {
  const axes = origin(points.length);
  points.forEach((point, i) =>
    point.forEach((value, axis) => axes[axis]![i] = value)
  );
  return axes;
}

/** Random neighbours in five dimensions, and where they are in the picture. */
const cases = fc.record({
  count: fc.integer({ min: 5, max: 9 }),
  dimensions: fc.integer({ min: 1, max: 3 }),
  spread: fc.constantFrom(0.01, 1, 30),
  seed: fc.nat(),
}).map(({ count, dimensions, spread, seed }) => {
  const { normal } = createRandom(seed);
  const values = Float32Array.from({ length: 5 * count }, normal);
  return {
    p: jointProbabilities({ values, count, size: 5 }, 1.3),
    points: Array.from(
      { length: count },
      () => Array.from({ length: dimensions }, () => spread * normal()),
    ),
  };
});

Deno.test("tSneDivergence() and its gradient equal scikit-learn's", () => {
  const { perplexity, start, ...expected } = golden.tSne;
  const values = Float32Array.from(golden.points.flat());
  const p = jointProbabilities({ values, count: 100, size: 6 }, perplexity);
  const spread = axesOf(
    start.map((point) => point.map((value) => 1e4 * value)),
  );
  const [x, y, z] = tSneGradient(p, spread, 1);
  expected.spreadGradient.forEach((slope, i) => {
    assertAlmostEquals(x[i]!, slope[0]!, 1e-7);
    assertAlmostEquals(y[i]!, slope[1]!, 1e-7);
  });
  assert(z.every((slope) => slope === 0));
  const { startDivergence, spreadDivergence } = expected;
  assertAlmostEquals(tSneDivergence(p, axesOf(start)), startDivergence, 1e-6);
  assertAlmostEquals(tSneDivergence(p, spread), spreadDivergence, 1e-6);
});

Deno.test("The reference gradient is the slope of tSneDivergence(), by finite differences", () => {
  fc.assert(fc.property(cases, ({ p, points }) => {
    const gradient = tSneGradient(p, axesOf(points), 1);
    points.forEach((point, i) =>
      point.forEach((value, axis) => {
        const at = (moved: number) => {
          const axes = axesOf(points);
          axes[axis]![i] = moved;
          return tSneDivergence(p, axes);
        };
        const step = 1e-5;
        const slope = (at(value + step) - at(value - step)) / (2 * step);
        const tolerance = 1e-5 * Math.max(0.1, Math.abs(slope));
        assertAlmostEquals(gradient[axis]![i]!, slope, tolerance);
      })
    );
  }));
});

/** KL(P‖Q) by its definition, on tensors. */
function divergenceOfTensors(p: tf.Tensor2D, points: tf.Tensor2D): tf.Scalar {
  const [n, dimensions] = points.shape;
  const apart = tf.sub(
    tf.reshape(points, [n, 1, dimensions]),
    tf.reshape(points, [1, n, dimensions]),
  );
  const others = tf.sub(1, tf.eye(n));
  const w = tf.mul(others, tf.div(1, tf.add(1, tf.sum(tf.square(apart), 2))));
  const q = tf.div(w, tf.sum(w));
  const ratios = tf.div(p, tf.add(q, tf.eye(n)));
  return tf.sum(tf.mul(p, tf.log(tf.maximum(ratios, 1e-30))));
}

Deno.test("The reference gradient agrees with the differentiation of tensors, also exaggerated", () => {
  fc.assert(fc.property(cases, ({ p, points }) => {
    const n = points.length;
    const square = Array.from(
      { length: n },
      () => new Array<number>(n).fill(0),
    );
    for (let i = 0, pair = 0; i < n; i++) {
      for (let j = i + 1; j < n; j++) {
        square[i]![j] = square[j]![i] = p[pair++]!;
      }
    }
    const joint = tf.tensor2d(square);
    const slopes = tf.grad((y) => divergenceOfTensors(joint, y as tf.Tensor2D))(
      tf.tensor2d(points),
    ).arraySync() as number[][];
    const gradient = tSneGradient(p, axesOf(points), 1);
    // What exaggeration adds: attraction alone.
    const [once, thrice] = [1, 3].map((factor) =>
      tSneGradient(p, axesOf(points), factor)
    );
    const twice = tSneGradient(p, axesOf(points), 2);
    slopes.forEach((slope, i) =>
      slope.forEach((value, axis) => {
        assertAlmostEquals(gradient[axis]![i]!, value, 1e-4);
        const middle = (once![axis]![i]! + thrice![axis]![i]!) / 2;
        assertAlmostEquals(twice[axis]![i]!, middle, 1e-9);
      })
    );
  }));
});

Deno.test("The reference gradient neither moves nor turns the whole picture", () => {
  fc.assert(fc.property(cases, ({ p, points }) => {
    const axes = axesOf(points);
    const gradient = tSneGradient(p, axes, 1);
    const sum = (values: ArrayLike<number>) =>
      Array.from(values).reduce((a, b) => a + b, 0);
    for (const slopes of gradient) assertAlmostEquals(sum(slopes), 0, 1e-9);
    const turn = gradient[0].map((slope, i) =>
      slope * axes[1][i]! - gradient[1][i]! * axes[0][i]!
    );
    assertAlmostEquals(sum(turn), 0, 1e-9);
    assert(tSneDivergence(p, axes) > -1e-12);
  }));
});
