import * as tf from "@tensorflow/tfjs";
import { computeCentroids, nearestCentroid } from "../lib/evaluation/mod.ts";
import * as micro from "../lib/microfacenet.ts";
import type { Embeddings } from "../lib/numeric/embeddings.ts";
import { createRandom } from "../lib/numeric/random.ts";
import {
  mineTriplets,
  squaredDistances,
  tripletLossAndGradient,
} from "../lib/triplets/mod.ts";
import { assert, assertAlmostEquals, assertEquals } from "./assert.ts";
import { root } from "./house/sources.ts";
import { permittedTest } from "./permitted.ts";

/** Points of three classes, as numbers that a Float32Array holds exactly. */
function points(seed: number, draw: (index: number) => number): micro.Point[] {
  const { integer } = createRandom(seed);
  return Array.from({ length: 14 }, (_, i) => ({
    x: Float64Array.from({ length: 4 }, () => Math.fround(draw(i))),
    label: integer(3),
  }));
}

/** Whole numbers, of which many distances are equal, and unit vectors. */
function samples(): micro.Point[][] {
  return [1, 2, 3, 4, 5, 6].flatMap((seed) => {
    const { integer, normal } = createRandom(seed);
    const onSphere = points(seed, normal).map(({ x, label }) => ({
      x: x.map((value) => Math.fround(value / Math.hypot(...x))),
      label,
    }));
    return [points(seed, () => integer(3)), onSphere];
  });
}

const labelsOf = (all: micro.Point[]) => all.map(({ label }) => label);
const plain = (all: micro.Point[]): Embeddings => ({
  values: Float32Array.from(all.flatMap(({ x }) => [...x])),
  count: all.length,
  size: all[0]!.x.length,
});

function assertClose(actual: ArrayLike<number>, expected: ArrayLike<number>) {
  assertEquals(actual.length, expected.length);
  for (let i = 0; i < actual.length; i++) {
    assertAlmostEquals(actual[i]!, expected[i]!, 1e-5);
  }
}

Deno.test("microfacenet's distances are the library's", async () => {
  await tf.setBackend("cpu");
  for (const all of samples()) {
    const expected = squaredDistances(plain(all));
    const own = all.flatMap(({ x }) =>
      all.map((other) => micro.squaredDistance(x, other.x))
    );
    assertClose(own, expected.dataSync());
    expected.dispose();
  }
});

Deno.test("microfacenet mines the library's semi-hard triplets", async () => {
  await tf.setBackend("cpu");
  for (const all of samples()) {
    const { anchors, positives, negatives } = mineTriplets(
      "semi-hard",
      { embeddings: plain(all) },
      labelsOf(all),
      { margin: 0.2 },
    );
    assert(anchors.length > 0);
    const expected = Array.from(
      anchors,
      (a, i) => [a, positives[i]!, negatives[i]!],
    );
    assertEquals(micro.mineSemiHard(all).map((each) => [...each]), expected);
  }
  const [first, second] = points(1, () => 1);
  const pair = [{ ...first!, label: 1 }, { ...second!, label: 1 }];
  assertEquals(micro.mineSemiHard(pair), []);
});

Deno.test("microfacenet's loss and its slopes are the library's", () => {
  for (const all of samples()) {
    for (const margin of [0.2, 1]) {
      const { loss, de } = micro.tripletLoss(
        all.map(({ x }) => x),
        micro.mineSemiHard(all),
        margin,
      );
      const expected = tripletLossAndGradient(
        "semi-hard",
        plain(all),
        labelsOf(all),
        { margin },
      );
      assertAlmostEquals(loss, expected.loss, 1e-5);
      assertClose(de.flatMap((row) => [...row]), expected.gradient);
    }
  }
  const { loss, de } = micro.tripletLoss([Float64Array.of(1)], [], 0.2);
  assertEquals([loss, ...de], [0, Float64Array.of(0)]);
});

Deno.test("microfacenet's centroids and what is nearest are the library's", () => {
  for (const all of samples().filter((_, i) => i % 2 === 1)) {
    const own = micro.computeCentroids(all)
      .toSorted((a, b) => a.label - b.label);
    const expected = computeCentroids(plain(all), labelsOf(all));
    assertEquals(labelsOf(own), [...expected.classes]);
    assertClose(own.flatMap(({ x }) => [...x]), expected.vectors.values);
    assertEquals(
      all.map(({ x }) => micro.nearest(x, own).label),
      [...nearestCentroid(plain(all), expected).labels],
    );
  }
});

Deno.test("microfacenet's batches have K images of P classes, none twice", () => {
  const all = Array.from(
    { length: 60 },
    (_, i) => ({ x: Float64Array.of(i), label: i % 6 }),
  );
  const uniform = micro.createUniform(1);
  for (let round = 0; round < 20; round++) {
    const batch = micro.drawBatch(all, uniform, 4, 5);
    assertEquals(new Set(batch).size, 20);
    const counts = Map.groupBy(batch, ({ label }) => label).values()
      .map(({ length }) => length);
    assertEquals([...counts], [5, 5, 5, 5]);
  }
});

Deno.test("microfacenet's gradient in each weight is that of finite differences", () => {
  const uniform = micro.createUniform(3);
  const net = micro.createLayers([5, 7, 3], uniform);
  const batch = Array.from({ length: 9 }, (_, i) => ({
    // Zeros are left out of sums: some must be here.
    x: new Float64Array(5).map((_, k) => k === i % 5 ? 0 : 2 * uniform() - 1),
    label: i % 3,
  }));
  const margin = 0.7;
  const lossNow = () => micro.trainStep(net, batch, margin, 0);
  assert(lossNow() > 0);
  // A step at rate 1 takes the gradient away.
  const after = structuredClone(net);
  micro.trainStep(after, batch, margin, 1);
  const small = 1e-6;
  let largest = 0;
  net.forEach((matrix, m) =>
    matrix.forEach((row, r) =>
      row.forEach((weight, k) => {
        const gradient = weight - after[m]![r]![k]!;
        row[k] = weight + small;
        const above = lossNow();
        row[k] = weight - small;
        const below = lossNow();
        row[k] = weight;
        assertAlmostEquals(gradient, (above - below) / (2 * small), 1e-6);
        largest = Math.max(largest, Math.abs(gradient));
      })
    )
  );
  assert(largest > 0.01);
});

Deno.test("microfacenet learns which of two numbers is larger, and which is negative", () => {
  const uniform = micro.createUniform(5);
  const draw = (): micro.Point => {
    const x = Float64Array.from([1, 2, 3], () => 2 * uniform() - 1);
    return { x, label: (x[0]! > x[1]! ? 1 : 0) + (x[2]! < 0 ? 2 : 0) };
  };
  const [known, asked] = [200, 200].map((length) =>
    Array.from({ length }, draw)
  ) as [micro.Point[], micro.Point[]];
  const net = micro.createLayers([3, 32, 8], uniform);
  const accuracy = () => {
    const embed = ({ x, label }: micro.Point) => ({
      x: micro.forward(net, x).e,
      label,
    });
    const centroids = micro.computeCentroids(known.map(embed));
    return asked.map(embed)
      .filter(({ x, label }) => micro.nearest(x, centroids).label === label)
      .length / asked.length;
  };
  const before = accuracy();
  const losses = Array.from(
    { length: 200 },
    () => micro.trainStep(net, micro.drawBatch(known, uniform, 4, 10), 0.2, 2),
  );
  const mean = (values: number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  assert(mean(losses.slice(-20)) < 0.5 * mean(losses.slice(0, 20)));
  assert(accuracy() > 0.92 && accuracy() > before + 0.05, `${accuracy()}`);
  const lengths = known.map(({ x }) => Math.hypot(...micro.forward(net, x).e));
  assertClose(lengths, lengths.map(() => 1));
});

permittedTest("microfacenet has at most 200 lines and imports nothing", [
  "read",
], () => {
  const text = Deno.readTextFileSync(new URL("lib/microfacenet.ts", root));
  assert(text.trimEnd().split("\n").length <= 200);
  assert(!/^\s*(import|export .* from)\b|\bimport\(/m.test(text));
});
