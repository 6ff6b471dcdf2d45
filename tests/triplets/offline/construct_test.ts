import * as tf from "@tensorflow/tfjs";
import { createRandom } from "../../../lib/numeric/random.ts";
import {
  type ConstructionOptions,
  constructTriplets,
} from "../../../lib/triplets/offline/construct.ts";
import { mineTriplets } from "../../../lib/triplets/miners/mine.ts";
import { packTriplets } from "../../../lib/triplets/offline/pack.ts";
import {
  type MinerName,
  minerNames,
} from "../../../lib/triplets/miners/miners.ts";
import {
  assert,
  assertEquals,
  assertRejects,
  assertThrows,
} from "../../assert.ts";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import * as oracle from "../oracle.ts";

/** Unit vectors of four classes; no two distances are near each other. */
function images(n: number) {
  const random = createRandom(n);
  const rows = Array.from({ length: n }, () => {
    const angle = random.uniform() * 2 * Math.PI;
    return [Math.cos(angle), Math.sin(angle)];
  });
  return { rows, labels: rows.map((_, i) => i % 4) };
}

const sorted = (triples: oracle.Triple[]) => triples.map(String).sort();

for (const miner of minerNames) {
  Deno.test(`constructTriplets() lists what mineTriplets() does by ${miner}, in random order`, async () => {
    for (const backend of ["cpu", "wasm"] as const) {
      await useBackend(backend);
      for (const metric of ["squared", "cosine"] as const) {
        const { rows, labels } = images(30);
        const embeddings = tf.tensor2d(rows);
        const before = tf.memory().numTensors;
        const options = { margin: 0.3, metric };
        const constructed = oracle.toTriples(
          await constructTriplets(miner, embeddings, labels, {
            ...options,
            random: createRandom(1),
          }),
        );
        const mined = oracle.toTriples(
          mineTriplets(miner, { embeddings }, labels, {
            ...options,
            random: createRandom(1),
          }),
        );
        assertEquals(tf.memory().numTensors, before);
        embeddings.dispose();
        assert(mined.length > 10);
        assert(`${constructed}` !== `${mined}`);
        assertEquals(sorted(constructed), sorted(mined));
      }
    }
  });
}

Deno.test("constructTriplets() goes through more images than one block has", async () => {
  await useBackend("wasm");
  const n = 2100; // 4.4 million distances
  const embeddings = tf.tensor2d(Array.from({ length: n }, (_, i) => [i]));
  const labels = Array.from({ length: n }, (_, i) => Math.floor(i / 2));
  const triplets = await constructTriplets("batch-hard", embeddings, labels, {
    margin: 1,
    random: createRandom(1),
  });
  embeddings.dispose();
  const triples = oracle.toTriples(triplets).sort(([a], [b]) => a - b);
  assertEquals(triples.length, n);
  triples.forEach(([a, p, q], i) => {
    assertEquals(a, i);
    assertEquals(p, i ^ 1);
    const nearer = i % 2 === 0 ? i - 1 : i + 1; // 1 away
    if (nearer >= 0 && nearer < n) assertEquals(q, nearer);
  });
});

Deno.test("constructTriplets() keeps so many, each with the same chance", async () => {
  await tf.setBackend("cpu");
  const embeddings = tf.tensor2d([[0], [1], [2], [3], [4]]);
  const random = createRandom(3);
  const counts = new Map<string, number>();
  for (let i = 0; i < 500; i++) {
    const triplets = await constructTriplets(
      "batch-all",
      embeddings,
      [0, 0, 1, 1, 2],
      { margin: 1, random, count: 5 },
    );
    const triples = sorted(oracle.toTriples(triplets));
    assertEquals(new Set(triples).size, 5);
    for (const triple of triples) {
      counts.set(triple, (counts.get(triple) ?? 0) + 1);
    }
  }
  embeddings.dispose();
  assertEquals(counts.size, 12);
  // Six standard deviations of 500 × 5/12.
  for (const count of counts.values()) {
    assert(Math.abs(count - 500 * 5 / 12) < 67, `${count}`);
  }
});

Deno.test("constructTriplets() gives one seed the same", async () => {
  await tf.setBackend("cpu");
  const { rows, labels } = images(20);
  const embeddings = tf.tensor2d(rows);
  const construct = () =>
    constructTriplets("distance-weighted", embeddings, labels, {
      margin: 0.2,
      random: createRandom(6),
      count: 15,
    });
  assertEquals(await construct(), await construct());
  embeddings.dispose();
});

Deno.test("constructTriplets() finds none in one class or in all distinct", async () => {
  await tf.setBackend("cpu");
  const embeddings = tf.tensor2d([[0], [1], [2]]);
  for (const labels of [[1, 1, 1], [1, 2, 3]]) {
    const { anchors } = await constructTriplets(
      "semi-hard",
      embeddings,
      labels,
      {
        margin: 1,
        random: createRandom(1),
      },
    );
    assertEquals(anchors.length, 0);
  }
  embeddings.dispose();
});

Deno.test("constructTriplets() refuses bad input and says what came", async () => {
  await tf.setBackend("cpu");
  const x = tf.tensor2d([[0], [1], [2]]);
  const refuses = (
    message: string,
    changes: Partial<ConstructionOptions> = {},
    labels: ArrayLike<number> = [0, 0, 1],
    embeddings: tf.Tensor = x,
    miner = "semi-hard",
  ) =>
    assertRejects(
      () =>
        constructTriplets(
          miner as MinerName,
          embeddings as tf.Tensor2D,
          labels,
          {
            margin: 1,
            random: createRandom(1),
            ...changes,
          },
        ),
      RangeError,
      message,
    );
  await refuses("got -1", { margin: -1 });
  await refuses("count to be a whole number of 1 or more, got 0", { count: 0 });
  await refuses("3 labels, got 2", {}, [0, 1]);
  await refuses(
    "got a tensor of shape [3]",
    {},
    [0, 0, 1],
    tf.tensor1d([1, 2, 3]),
  );
  await refuses(
    "got a tensor of shape [3]",
    {},
    [0, 0, 1],
    tf.tensor1d([1, 2, 3]),
    "distance-weighted",
  );
  await refuses("got 0.5 at 2", {}, [0, 0, 0.5]);
  await refuses('got "hard"', {}, [0, 0, 1], x, "hard");
  await refuses(
    "expected finite embeddings, got NaN in row 1",
    {},
    [0, 0, 1],
    tf.tensor2d([[0], [NaN], [1]]),
  );
  await refuses(`got "l1"`, { metric: "l1" as "cosine" });
  const many = tf.zeros<tf.Rank.R2>([6000, 1]);
  const classes = Uint8Array.from({ length: 6000 }, (_, i) => i % 3);
  await refuses(
    `by "batch-all": expected at most 10000000000 to go through, got ${
      6000 * 1999 * 4000
    }`,
    {},
    classes,
    many,
    "batch-all",
  );
  tf.dispose([x, many]);
});

Deno.test("packTriplets() divides triplets, and names each image of a pack once", () => {
  const random = createRandom(2);
  const triples = Array.from({ length: 23 }, (): oracle.Triple => [
    random.integer(9),
    random.integer(9),
    random.integer(9),
  ]);
  const packs = [...packTriplets(oracle.toTriplets(triples), 10)];
  assertEquals(packs.map(({ triplets }) => triplets.anchors.length), [
    10,
    10,
    3,
  ]);
  const unpacked = packs.flatMap(({ images, triplets }) => {
    assertEquals(new Set(images).size, images.length);
    const used = Object.values(triplets).flatMap((indices) => [...indices]);
    assertEquals(new Set(used).size, images.length);
    return oracle.toTriples(triplets).map((triple) =>
      triple.map((place) => images[place]!)
    );
  });
  assertEquals(unpacked, triples);
  assertEquals([...packTriplets(oracle.toTriplets([]), 10)], []);
  assertThrows(
    () => packTriplets(oracle.toTriplets(triples), 0),
    RangeError,
    "size to be a whole number of 1 or more, got 0",
  );
});
