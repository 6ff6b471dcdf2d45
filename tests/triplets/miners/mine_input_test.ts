import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { createRandom } from "../../../lib/numeric/random.ts";
import type { BatchDistances } from "../../../lib/triplets/batch/batch.ts";
import { mineTriplets } from "../../../lib/triplets/miners/mine.ts";
import {
  type MinerName,
  minerNames,
} from "../../../lib/triplets/miners/miners.ts";
import type { MiningOptions } from "../../../lib/triplets/batch/triplets.ts";
import { assert, assertThrows } from "../../assert.ts";
import { batches } from "../batches.ts";
import * as oracle from "../oracle.ts";

/** What any miner needs. */
const options = (): MiningOptions => ({
  margin: 1,
  random: createRandom(5),
  embeddingSize: 3,
});

Deno.test("mineTriplets() refuses bad input and says what came", () => {
  const refuses = (
    message: string,
    distances: BatchDistances,
    labels: number[],
    changes: Partial<MiningOptions> = {},
    miner = "semi-hard",
  ) =>
    assertThrows(
      () =>
        mineTriplets(miner as MinerName, distances, labels, {
          ...options(),
          ...changes,
        }),
      RangeError,
      message,
    );
  const two = Float32Array.of(0, 1, 1, 0);
  refuses("semi-hard, ", two, [0, 1], {}, "hard");
  refuses(`got "hard"`, two, [0, 1], {}, "hard");
  refuses(`got "toString"`, two, [0, 1], {}, "toString");
  refuses("3 × 3 distances for 3 labels, got 4", two, [0, 1, 1]);
  refuses("margin to be a number of 0 or more, got -0.5", two, [0, 1], {
    margin: -0.5,
  });
  refuses("got Infinity", two, [0, 1], { margin: Infinity });
  refuses("whole numbers of 32 bits, got 0.5 at 1", two, [0, 0.5]);
  refuses("whole numbers of 32 bits, got NaN at 0", two, [NaN, 1]);
  refuses("got NaN between 1 and 0", Float32Array.of(0, 1, NaN, 0), [0, 1]);
  refuses("got Infinity between 0 and 1", Float32Array.of(0, Infinity, 1, 0), [
    0,
    1,
  ]);
  refuses(
    "got -Infinity between 2 and 2",
    Float32Array.of(0, 1, 1, 1, 0, 1, 1, 1, -Infinity),
    [0, 1, 1],
  );
  refuses(
    "[2, 2], got a tensor of shape [4]",
    tf.tensor1d([0, 1, 1, 0]) as unknown as tf.Tensor2D,
    [0, 1],
  );
  refuses("[3, 3], got a tensor of shape [3, 2]", tf.zeros([3, 2]), [0, 1, 1]);
  const embeddings = tf.tensor2d([[1, 0], [0, 1]]);
  refuses("3 embeddings for 3 labels, got 2", { embeddings }, [0, 1, 1]);
  refuses(`one of squared, cosine, got "l3"`, { embeddings }, [0, 1], {
    metric: "l3" as "cosine",
  });
  refuses(`one of squared, cosine, got "l1"`, two, [0, 1], {
    metric: "l1" as "cosine",
  });
  const flat = tf.tensor1d([1, 0]) as unknown as tf.Tensor2D;
  for (const miner of ["semi-hard", "distance-weighted"]) {
    refuses(
      "[n, size], got a tensor of shape [2]",
      { embeddings: flat },
      [0, 1],
      {},
      miner,
    );
  }
  const infinite = tf.tensor2d([[1, 0], [Infinity, 1]]);
  refuses("between 0 and 1", { embeddings: infinite }, [0, 1]);
});

for (const miner of minerNames) {
  Deno.test(`mineTriplets() by ${miner} refuses a distance that is not finite, wherever it is`, () => {
    fc.assert(fc.property(
      batches,
      fc.constantFrom(NaN, Infinity, -Infinity),
      fc.nat(),
      ({ rows, labels }, odd, draw) => {
        const distances = oracle.matrix(rows.length, oracle.squared(rows));
        const place = draw % distances.length;
        const [a, b] = [Math.floor(place / rows.length), place % rows.length];
        assertThrows(
          () =>
            mineTriplets(miner, distances.with(place, odd), labels, options()),
          RangeError,
          `expected finite distances, got ${odd} between ${a} and ${b}`,
        );
      },
    ));
  });
}

Deno.test("mineTriplets() refuses miners that lack what they need", () => {
  const two = Float32Array.of(0, 1, 1, 0);
  const mine = (miner: MinerName, changes: Partial<MiningOptions>) => () =>
    mineTriplets(miner, two, [0, 1], { ...options(), ...changes });
  const lacks = (message: string, call: () => unknown) =>
    assertThrows(call, RangeError, message);
  lacks(
    `"semi-hard-siamese-triplet": expected random to be a stream of createRandom, got nothing`,
    mine("semi-hard-siamese-triplet", { random: undefined }),
  );
  lacks(
    `"distance-weighted": expected embeddingSize to be a whole number of 2 or more, got nothing`,
    mine("distance-weighted", { embeddingSize: undefined }),
  );
  assertThrows(
    mine("distance-weighted", { embeddingSize: 1 }),
    RangeError,
    "2 or more, got 1",
  );
  assert(mine("semi-hard", { random: undefined, embeddingSize: undefined })());
});
