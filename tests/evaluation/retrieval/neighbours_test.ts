import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { findNeighbours } from "../../../lib/evaluation/retrieval/neighbours.ts";
import golden from "../../fixtures/measures.json" with { type: "json" };
import { assertEquals, assertThrows } from "../../assert.ts";
import { testOnBackends } from "../../triplets/backends.ts";
import { batches } from "../../triplets/batches.ts";
import { squared } from "../../triplets/oracle.ts";
import { assertNear } from "../embeddings/near.ts";

await tf.setBackend("cpu");

testOnBackends(
  "findNeighbours() equals scikit-learn's NearestNeighbors",
  () => {
    const queries = tf.tensor2d(golden.queries.embeddings);
    const gallery = tf.tensor2d(golden.gallery.embeddings);
    const { inGallery, leaveOneOut } = golden.neighbours;
    for (
      const [found, expected] of [
        [findNeighbours(queries, { k: 4, gallery }), inGallery],
        [findNeighbours(queries, { k: 4 }), leaveOneOut],
      ] as const
    ) {
      assertEquals([...found.indices], expected.indices.flat());
      assertNear(found.distances, expected.squared.flat());
    }
  },
);

testOnBackends(
  "findNeighbours() agrees with a full sort, ties by index",
  () => {
    fc.assert(
      fc.property(batches, batches, fc.nat(), (queries, gallery, seed) => {
        const both = [...gallery.rows, ...queries.rows];
        const between = squared(both);
        const first = gallery.rows.length;
        const sorted = (candidates: number[], query: number) =>
          candidates.toSorted((a, b) => between(a, query) - between(b, query));

        const k = seed % gallery.rows.length + 1;
        const found = findNeighbours(tf.tensor2d(queries.rows), {
          k,
          gallery: tf.tensor2d(gallery.rows),
        });
        assertEquals(
          [...found.indices],
          queries.rows.flatMap((_, i) =>
            sorted([...gallery.rows.keys()], first + i).slice(0, k)
          ),
        );
        found.indices.forEach((index, i) =>
          assertEquals(
            found.distances[i],
            between(index, first + Math.floor(i / k)),
          )
        );

        if (gallery.rows.length === 1) return;
        const others = seed % (gallery.rows.length - 1) + 1;
        const alone = findNeighbours(tf.tensor2d(gallery.rows), { k: others });
        assertEquals(
          [...alone.indices],
          gallery.rows.flatMap((_, i) =>
            sorted([...gallery.rows.keys()].filter((j) => j !== i), i)
              .slice(0, others)
          ),
        );
      }),
    );
  },
);

Deno.test("findNeighbours() leaves no tensor", () => {
  const queries = tf.eye(3);
  const before = tf.memory().numTensors;
  findNeighbours(queries, { k: 2 });
  findNeighbours(queries, { k: 3, gallery: queries });
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("findNeighbours() refuses bad input and says what came", () => {
  const three = tf.eye(3);
  const refuses = (
    message: string,
    ...args: Parameters<typeof findNeighbours>
  ) => assertThrows(() => findNeighbours(...args), RangeError, message);
  refuses(
    "expected k to be a whole number from 1 to 2, the other embeddings, got 3",
    three,
    {
      k: 3,
    },
  );
  refuses(
    "expected k to be a whole number from 1 to 3, the gallery's size, got 4",
    three,
    {
      k: 4,
      gallery: three,
    },
  );
  refuses("got 0", three, { k: 0 });
  refuses("got 1.5", three, { k: 1.5 });
  refuses("got NaN", three, { k: NaN });
  refuses("got NaN in row 0", tf.tensor2d([[NaN], [1]]), { k: 1 });
  refuses("got a tensor of shape [0, 3]", three, {
    k: 1,
    gallery: tf.zeros([0, 3]),
  });
  refuses(
    "expected embeddings of size 3, that of the gallery, got 2",
    tf.eye(2),
    {
      k: 1,
      gallery: three,
    },
  );
  assertThrows(
    () => findNeighbours(tf.ones([3]) as unknown as tf.Tensor2D, { k: 1 }),
    RangeError,
    "expected embeddings of shape [n, size], got a tensor of shape [3]",
  );
});
