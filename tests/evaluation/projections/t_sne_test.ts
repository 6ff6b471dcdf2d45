import * as tf from "@tensorflow/tfjs";
import { pca } from "../../../lib/evaluation/projections/pca.ts";
import {
  tSne,
  type TSneOptions,
} from "../../../lib/evaluation/projections/t_sne.ts";
import golden from "../../fixtures/projections.json" with { type: "json" };
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertRejects,
} from "../../assert.ts";
import { toRows } from "../embeddings/rows.ts";

await tf.setBackend("cpu");

const embeddings = tf.tensor2d(golden.points);
const { perplexity, start, steps, stepped, divergences } = golden.tSne;

Deno.test("tSne() takes scikit-learn's steps", async () => {
  const { points } = await tSne(embeddings, {
    perplexity,
    start: tf.tensor2d(start),
    iterations: steps,
  });
  const found = points.values;
  stepped.flat().forEach((value, at) =>
    // They reach 6, and magnify the rounding of forces to float32.
    assertAlmostEquals(found[at]!, value, 1e-4)
  );
});

Deno.test("tSne() ends within 5 % of scikit-learn's divergence from the same starts", async () => {
  // The mean of ten: rounding alone moves a single one by up to 4 %.
  let sum = 0;
  for (const k of divergences.keys()) {
    const moved = [
      ...start.slice(100 - 10 * k),
      ...start.slice(0, 100 - 10 * k),
    ];
    const found = await tSne(embeddings, {
      perplexity,
      start: tf.tensor2d(moved),
    });
    sum += found.divergence;
  }
  const expected = divergences.reduce((total, value) => total + value);
  assert(Math.abs(sum / expected - 1) < 0.05, `${sum} and ${expected}`);
});

Deno.test("tSne() puts most points next to one of their class", async () => {
  const points = toRows((await tSne(embeddings, { perplexity })).points);
  const own = points.filter((point, i) => {
    const distances = points.map((other, j) =>
      i === j ? Infinity : Math.hypot(...other.map((x, a) => x - point[a]!))
    );
    return distances.indexOf(Math.min(...distances)) % 4 === i % 4;
  });
  assert(own.length >= 85, `${own.length} of 100`);
});

Deno.test("tSne() repeats itself, from the PCA unless told otherwise, and leaks nothing", async () => {
  const before = tf.memory().numTensors;
  const options = { perplexity, iterations: 60 };
  const [once, again] = [
    await tSne(embeddings, options),
    await tSne(embeddings, options),
  ];
  assertEquals(once.points.values, again.points.values);
  assertEquals(once.divergence, again.divergence);

  const { points } = pca(embeddings, 2);
  const first = toRows(points).map(([x]) => x!);
  const deviation = Math.sqrt(
    first.reduce((sum, x) => sum + x ** 2, 0) / first.length,
  );
  const values = points.values.map((value) => 1e-4 * value / deviation);
  const begun = await tSne(embeddings, {
    perplexity,
    iterations: 1,
    start: { ...points, values },
  });
  const alone = await tSne(embeddings, { perplexity, iterations: 1 });
  alone.points.values.forEach((value, at) =>
    assertAlmostEquals(value, begun.points.values[at]!, 1e-7)
  );
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("tSne() reports on its way, and lets timers run", async () => {
  const before = tf.memory().numTensors;
  const seen: number[] = [];
  const divergences: number[] = [];
  let ticks = 0;
  const timer = setInterval(() => ticks++, 0);
  const found = await tSne(embeddings, {
    perplexity,
    iterations: 7000,
    every: 3000,
    onProgress: async ({ iteration, points, divergence }) => {
      assertEquals([points.count, points.size], [100, 2]);
      seen.push(iteration);
      divergences.push(divergence);
      await Promise.resolve();
    },
  });
  clearInterval(timer);
  assertEquals(seen, [3000, 6000, 7000]);
  assertEquals(divergences.at(-1), found.divergence);
  assert(divergences[2]! <= divergences[0]!);
  assert(ticks >= 2, `${ticks} ticks`);

  const failing = tSne(embeddings, {
    perplexity,
    onProgress: () => {
      throw new Error("enough");
    },
  });
  await assertRejects(() => failing, Error, "enough");
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("tSne() projects to one and three dimensions too", async () => {
  for (const dimensions of [1, 3]) {
    const found = await tSne(embeddings, {
      dimensions,
      perplexity,
      iterations: 400,
    });
    assertEquals([found.points.count, found.points.size], [100, dimensions]);
    assert(found.divergence < (dimensions === 1 ? 1 : divergences[0]!));
  }
});

Deno.test("tSne() leaves equal embeddings on one point, and duplicates near each other", async () => {
  const collapsed = await tSne(tf.ones([20, 3]), { perplexity: 5 });
  assertEquals([...collapsed.points.values], new Array(40).fill(0));
  assertAlmostEquals(collapsed.divergence, 0, 1e-9);

  const half = tf.slice(embeddings, [0, 0], [40, 6]);
  const { points } = await tSne(tf.concat([half, half]), { perplexity });
  assert([...points.values].every(Number.isFinite));
  points.values.subarray(0, 80).forEach((value, at) =>
    assertAlmostEquals(value, points.values[80 + at]!, 1)
  );
});

Deno.test("tSne() lets other work have its turn while it prepares", async () => {
  const many = tf.randomUniform<tf.Rank.R2>([700, 40], 0, 1, "float32", 1);
  let turns = 0;
  const timer = setInterval(() => turns++);
  try {
    await tSne(many, { iterations: 1, start: tf.zeros([700, 2]) });
  } finally {
    clearInterval(timer);
  }
  assert(turns > 4, `${turns} turns`);
});

Deno.test("tSne() refuses what it cannot project", async () => {
  const refuses = (
    options: TSneOptions,
    message: string,
    points: tf.Tensor = embeddings,
    kind: typeof RangeError | typeof TypeError = RangeError,
  ) =>
    assertRejects(
      () => tSne(points as tf.Tensor2D, options),
      kind,
      `Cannot project by t-SNE: expected ${message}`,
    );
  const tooMany = "a perplexity above 1 and at most 33, a third of the other";
  await refuses({ perplexity: 34 }, tooMany);
  await refuses({ perplexity: 1 }, tooMany);
  await refuses({ perplexity: NaN }, tooMany);
  await refuses({ perplexity: "9" as unknown as number }, tooMany);
  await refuses(
    {},
    "distances and probabilities of at most 4 GiB, got 30000 × 30000 values",
    tf.zeros([30000, 2]),
  );
  await refuses({}, "a perplexity above 1 and at most 2.66", tf.zeros([9, 2]));
  await refuses(
    { perplexity: 1.1 },
    "the number of embeddings to be a whole number of 5 or more, got 1",
    tf.zeros([1, 2]),
  );
  await refuses(
    {},
    "embeddings of shape [n, size], got a tensor of shape [0, 2]",
    tf.zeros([0, 2]),
  );
  await refuses({}, "finite embeddings", tf.fill([9, 2], NaN));
  await refuses({}, "embeddings of shape", tf.zeros([9]));
  await refuses(
    { dimensions: 4 },
    "dimensions to be a whole number from 1 to 3, got 4",
  );
  await refuses(
    { dimensions: 2 },
    "dimensions to be a whole number from 1 to 1, got 2",
    tf.zeros([9, 1]),
  );
  await refuses(
    { iterations: 0 },
    "iterations to be a whole number of 1 or more, got 0",
  );
  await refuses(
    { every: 0.5 },
    "every to be a whole number of 1 or more, got 0.5",
  );
  await refuses(
    { start: tf.zeros([100, 3]) },
    "a start of shape [100, 2], got [100, 3]",
  );
  await refuses({ start: tf.fill([100, 2], NaN) }, "finite");
});
