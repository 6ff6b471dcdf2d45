import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import { readEmbeddings } from "../../../lib/numeric/embeddings.ts";
import { createRandom } from "../../../lib/numeric/random.ts";
import { cosineDistances } from "../../../lib/triplets/distances/cosine_distances.ts";
import { distanceMatrix } from "../../../lib/triplets/distances/distance_blocks.ts";
import { distanceBlocksBy } from "../../../lib/triplets/distances/metric.ts";
import { rowProducts } from "../../../lib/triplets/distances/products.ts";
import { squaredDistance } from "../../../lib/triplets/distances/squared_distance.ts";
import { assert, assertAlmostEquals, assertEquals } from "../../assert.ts";

const random = createRandom(4);
const cloud = (count: number, size: number) => ({
  values: Float32Array.from({ length: count * size }, () => random.normal()),
  count,
  size,
});

Deno.test("squaredDistance() with a limit is exact below it, and not below it otherwise", () => {
  const points = cloud(20, 5);
  fc.assert(
    fc.property(
      fc.nat(19),
      fc.nat(19),
      fc.double({ min: 0, max: 30, noNaN: true }),
      (
        i,
        j,
        limit,
      ) => {
        const exact = squaredDistance(points, i, points, j);
        const limited = squaredDistance(points, i, points, j, limit);
        if (exact < limit) assertEquals(limited, exact);
        else assert(limited >= limit && limited <= exact);
      },
    ),
  );
});

Deno.test("rowProducts() by the kernel equals the loop", async () => {
  const [rows, gallery] = [cloud(7, 33), cloud(50, 33)];
  const products: Float32Array[] = [];
  for (const backend of ["cpu", "wasm"] as const) {
    await useBackend(backend);
    const before = tf.memory().numTensors;
    products.push(rowProducts(rows.values, gallery.values, 33));
    assertEquals(tf.memory().numTensors, before);
  }
  const [byLoop, byKernel] = products as [Float32Array, Float32Array];
  assertEquals([byLoop.length, byKernel.length], [350, 350]);
  byLoop.forEach((value, i) => assertAlmostEquals(byKernel[i]!, value, 1e-5));
});

Deno.test("distanceMatrix() and distanceBlocksBy() equal the tensor's distances", async () => {
  await useBackend("wasm");
  const points = cloud(40, 6);
  const matrix = distanceMatrix("look", points);
  const cosines = cosineDistances(tf.tensor2d(points.values, [40, 6]));
  const { values } = readEmbeddings(cosines);
  const [block] = distanceBlocksBy("cosine", "look", points);
  for (let i = 0; i < 40; i++) {
    for (let j = 0; j < 40; j++) {
      const at = 40 * i + j;
      const exact = squaredDistance(points, i, points, j);
      assertAlmostEquals(matrix[at]!, exact, 1e-4);
      assertAlmostEquals(block!.distances[at]!, values[at]!, 1e-6);
    }
  }
});
