import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { tripletLoss } from "../../../../lib/triplets/losses/loss.ts";
import { countTriplets } from "../../../../lib/triplets/batch/triplet_counts.ts";
import { measureTriplet } from "../../../../lib/plots/play/triplet/measure.ts";
import { assert, assertAlmostEquals, assertEquals } from "../../../assert.ts";

await tf.setBackend("cpu");

const triplet = {
  anchors: Int32Array.of(0),
  positives: Int32Array.of(1),
  negatives: Int32Array.of(2),
};
const angle = fc.double({ min: -3.14, max: 3.14, noNaN: true });
const cases = fc.tuple(
  fc.tuple(angle, angle, angle),
  fc.double({ min: 0, max: 2, noNaN: true }),
);

Deno.test("measureTriplet() is the library's loss and gradient", () => {
  fc.assert(fc.property(cases, ([angles, margin]) => {
    const { points, gradients, loss } = measureTriplet(angles, margin);
    if (Math.abs(loss) < 1e-4) return; // at the kink rounding decides
    tf.tidy(() => {
      const lossOf = (x: tf.Tensor) =>
        tripletLoss(x as tf.Tensor2D, triplet, margin);
      const { value, grad } = tf.valueAndGrad(lossOf)(tf.tensor2d(points));
      assertAlmostEquals(value.dataSync()[0]!, loss, 1e-5);
      const expected = grad.dataSync();
      gradients.flat().forEach((slope, i) =>
        assertAlmostEquals(slope, expected[i]!, 1e-5)
      );
    });
  }));
});

Deno.test("measureTriplet() has the slopes that a small turn shows", () => {
  fc.assert(fc.property(cases, ([angles, margin]) => {
    const { slopes, loss } = measureTriplet(angles, margin);
    const turned = (i: number, by: number) =>
      measureTriplet(
        angles.map((angle, k) => k === i ? angle + by : angle),
        margin,
      ).loss;
    angles.forEach((_, i) => {
      const [more, less] = [turned(i, 1e-5), turned(i, -1e-5)];
      if ([loss, more, less].some((value) => value === 0)) return;
      assertAlmostEquals(slopes[i]!, (more - less) / 2e-5, 1e-4);
    });
  }));
});

Deno.test("measureTriplet() names kinds as the library counts them", () => {
  fc.assert(fc.property(cases, ([angles, margin]) => {
    const { kind, toPositive, toNegative, bands } = measureTriplet(
      angles,
      margin,
    );
    const gap = toNegative - toPositive;
    if (Math.abs(gap) < 1e-5 || Math.abs(gap - margin) < 1e-5) return;
    // Both of the class are anchors; from the positive the negative is far away.
    const distances = Float32Array.from(
      [0, toPositive, toNegative, toPositive, 0, 99, toNegative, 99, 0],
    );
    const { hard, semiHard, easy } = countTriplets(
      distances,
      [0, 0, 1],
      margin,
    );
    assertEquals(
      { hard, semiHard, easy: easy - 1 },
      {
        hard: Number(kind === "hard"),
        semiHard: Number(kind === "semi-hard"),
        easy: Number(kind === "easy"),
      },
    );
    const band = bands.find(({ from, to }) =>
      toNegative > from && toNegative <= to
    );
    if (band) assertEquals(band.name, kind);
  }));
});

Deno.test("measureTriplet() has bands from 0 to 4 without a gap", () => {
  for (const margin of [0, 0.2, 2]) {
    for (const at of [0, 1, 3.1, Math.PI]) {
      const { bands } = measureTriplet([0, at, 2], margin);
      assertEquals(bands[0]!.from, 0);
      assertAlmostEquals(bands.at(-1)!.to, 4, 1e-12);
      bands.slice(1).forEach(({ from }, i) => assertEquals(bands[i]!.to, from));
    }
  }
});

Deno.test("measureTriplet() has no gradient where the loss is 0", () => {
  const { loss, gradients, slopes } = measureTriplet([0, 0.1, 3], 0.2);
  assertEquals(loss, 0);
  assert([...gradients.flat(), ...slopes].every((value) => value === 0));
});
