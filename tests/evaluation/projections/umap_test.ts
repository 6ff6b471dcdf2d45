import * as tf from "@tensorflow/tfjs";
import {
  umap,
  type UmapOptions,
} from "../../../lib/evaluation/projections/umap.ts";
import { createRandom } from "../../../lib/numeric/random.ts";
import golden from "../../fixtures/projections.json" with { type: "json" };
import { assert, assertEquals, assertRejects } from "../../assert.ts";
import { toRows } from "../embeddings/rows.ts";

await tf.setBackend("cpu");

const embeddings = tf.tensor2d(golden.points);

Deno.test("umap() puts most points next to one of their class", async () => {
  const { points } = await umap(embeddings, { random: createRandom(1) });
  const rows = toRows(points);
  const own = rows.filter((row, i) => {
    const distances = rows.map((other, j) =>
      i === j ? Infinity : Math.hypot(...other.map((x, a) => x - row[a]!))
    );
    return distances.indexOf(Math.min(...distances)) % 4 === i % 4;
  });
  assert(own.length >= 80, `${own.length} of 100`);
});

Deno.test("umap() repeats itself with a seed, reports, and leaks nothing", async () => {
  const before = tf.memory().numTensors;
  const seen: number[][] = [];
  const project = (seed: number) =>
    umap(embeddings, {
      random: createRandom(seed),
      dimensions: 3,
      epochs: 25,
      onProgress: (done, total) => void seen.push([done, total]),
    });
  const results = [await project(1), await project(1), await project(2)];
  const [one, same, other] = results.map(({ points }) => [
    ...points.values,
  ]);
  const { count, size } = results[0]!.points;
  assertEquals([count, size], [100, 3]);
  assertEquals(one, same);
  assert(one!.some((value, at) => value !== other![at]));
  assertEquals(seen.slice(0, 3), [[10, 25], [20, 25], [25, 25]]);
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("umap() keeps points apart by minDistance", async () => {
  const nearest = async (minDistance: number) => {
    const { points } = await umap(embeddings, {
      random: createRandom(1),
      minDistance,
    });
    const rows = toRows(points);
    const distances = rows.map((row, i) =>
      Math.min(
        ...rows.filter((_, j) => j !== i).map((other) =>
          Math.hypot(...other.map((x, a) => x - row[a]!))
        ),
      )
    );
    return distances.toSorted((a, b) => a - b)[50]!;
  };
  assert(2 * await nearest(0) < await nearest(1));
});

Deno.test("umap() holds points by as many neighbours as asked", async () => {
  const project = async (neighbours: number) => {
    const random = createRandom(1);
    const { points } = await umap(embeddings, {
      random,
      neighbours,
      epochs: 9,
    });
    return [...points.values];
  };
  const [few, many] = [await project(5), await project(50)];
  assert(few.some((value, at) => value !== many[at]));
});

Deno.test("umap() gives finite points at the ends of its options, and of duplicates", async () => {
  const random = createRandom(1);
  const few = tf.slice(embeddings, [0, 0], [3, 6]);
  for (
    const [points, options] of [
      [few, { neighbours: 2 }],
      [embeddings, { minDistance: 0, neighbours: 99, dimensions: 1 }],
      [embeddings, { minDistance: 1 }],
      [tf.ones([30, 4]), {}],
    ] as [tf.Tensor2D, Partial<UmapOptions>][]
  ) {
    const found = await umap(points, { random, epochs: 20, ...options });
    assert([...found.points.values].every(Number.isFinite));
  }
});

Deno.test("umap() refuses what it cannot project", async () => {
  const refuses = (
    options: Partial<UmapOptions>,
    message: string,
    points: tf.Tensor = embeddings,
  ) =>
    assertRejects(
      () =>
        umap(points as tf.Tensor2D, { random: createRandom(1), ...options }),
      RangeError,
      `Cannot project by UMAP: expected ${message}`,
    );
  const near =
    "neighbours to be a whole number from 2 to 99, the other embeddings, got";
  await refuses({ neighbours: 100 }, `${near} 100`);
  await refuses({ neighbours: 1 }, `${near} 1`);
  await refuses(
    {},
    "neighbours to be a whole number from 2 to 8",
    tf.zeros([9, 2]),
  );
  await refuses(
    { dimensions: 4 },
    "dimensions to be a whole number from 1 to 3, got 4",
  );
  await refuses(
    { epochs: 0 },
    "epochs to be a whole number of 1 or more, got 0",
  );
  await refuses(
    { minDistance: 2 },
    "minDistance to be a number from 0 to 1, got 2",
  );
  await refuses(
    { minDistance: NaN },
    "minDistance to be a number from 0 to 1, got NaN",
  );
  await refuses(
    {},
    "the number of embeddings to be a whole number of 3 or more, got 1",
    tf.ones([1, 2]),
  );
  await refuses(
    {},
    "embeddings of shape [n, size], got a tensor of shape [0, 2]",
    tf.zeros([0, 2]),
  );
  await refuses({}, "finite embeddings", tf.fill([9, 2], Infinity));
  await refuses({}, "embeddings of shape", tf.zeros([9]));
});
