import type * as tf from "@tensorflow/tfjs";
import * as api from "../../lib/mod.ts";
import * as is from "./kinds.ts";
import { none, type Room, row, tensor } from "./row.ts";

const { createRandom } = api;
const points = () =>
  tensor<tf.Rank.R2>([[1, 0], [0.8, 0.6], [0.6, 0.8], [0, 1]]);
const classes = () => [0, 0, 1, 1];
const distances = () =>
  tensor<tf.Rank.R2>([0, 1, 4, 9, 1, 0, 1, 4, 4, 1, 0, 1, 9, 4, 1, 0], [4, 4]);
const triplets = () => ({
  anchors: Int32Array.of(0, 1),
  positives: Int32Array.of(1, 0),
  negatives: Int32Array.of(2, 3),
});

const margin = is.number({ min: 0 });
const metric = is.optional(is.choice("squared", "cosine"));
const lossFunction = is.optional(is.choice("hinge", "soft-margin"));
const mean = is.optional(is.choice("all", "active"));
const miner = is.choice(...api.minerNames);

const ofLoss = {
  "3.metric": metric,
  "3.lossFunction": lossFunction,
  "3.penalty": lossFunction,
  "3.mean": mean,
};
const ofMined = {
  "0": miner,
  "2": is.labels,
  "3.margin": margin,
  "3.random": is.optional(is.random),
  ...ofLoss,
};
const mined = () => ({
  margin: 0.2,
  random: createRandom(1),
  metric: "cosine",
  lossFunction: "hinge",
  mean: "all",
});
const plainPoints = () => ({
  values: Float32Array.of(1, 0, 0.8, 0.6, 0.6, 0.8, 0, 1),
  count: 4,
  size: 2,
});

/** Both names of one function. */
const counting = (call: typeof api.countTriplets) =>
  row(call, () => [distances(), classes(), 0.2], {
    "0": is.embeddings,
    "1": is.labels,
    "2": margin,
  });

export const tripletsRoom: Room = {
  squaredDistances: row(api.squaredDistances, () => [points()], {
    "0": is.anyEmbeddings,
  }),
  cosineDistances: row(api.cosineDistances, () => [points()], {
    "0": is.anyEmbeddings,
  }),
  manhattanDistances: row(api.manhattanDistances, () => [points()], {
    "0": is.anyEmbeddings,
  }),
  mineTriplets: row(
    api.mineTriplets,
    () => ["semi-hard", distances(), classes(), {
      margin: 0.2,
      random: createRandom(1),
      metric: "squared",
      embeddingSize: 2,
    }],
    {
      "0": miner,
      "1": is.embeddings,
      "2": is.labels,
      "3.margin": margin,
      "3.random": is.optional(is.random),
      "3.metric": metric,
      "3.embeddingSize": is.optional(is.whole({ min: 1 })),
    },
  ),
  "mineTriplets().ofEmbeddings": row(
    api.mineTriplets,
    () => ["distance-weighted", { embeddings: points() }, classes(), {
      margin: 0.2,
      random: createRandom(1),
    }],
    { "1.embeddings": is.embeddings, "2": is.labels, "3.random": is.random },
  ),
  "mineTriplets().ofValues": row(
    api.mineTriplets,
    () => ["distance-weighted", new Float32Array(16), classes(), {
      margin: 0.2,
      random: createRandom(1),
      embeddingSize: 3,
    }],
    { "2": is.labels, "3.embeddingSize": is.whole({ min: 2 }) },
  ),
  countTriplets: counting(api.countTriplets),
  census: counting(api.census),
  tripletLossAndGradient: row(
    api.tripletLossAndGradient,
    () => ["semi-hard", plainPoints(), classes(), mined()],
    {
      "1.count": is.whole({ min: 1 }),
      "1.size": is.whole({ min: 1 }),
      ...ofMined,
    },
  ),
  tripletLoss: row(
    api.tripletLoss,
    () => [points(), triplets(), 0.2, {
      metric: "squared",
      lossFunction: "hinge",
      mean: "all",
    }],
    {
      "0": is.anyEmbeddings,
      "1.anchors": is.indices(4, { fixed: true }),
      "1.positives": is.indices(4, { fixed: true }),
      "1.negatives": is.indices(4, { fixed: true }),
      "2": margin,
      ...ofLoss,
    },
  ),
  batchTripletLoss: row(
    api.batchTripletLoss,
    () => ["semi-hard", points(), classes(), mined()],
    { "1": is.anyEmbeddings, ...ofMined },
  ),
  // What it takes are functions and variables.
  lossGradients: none,
  contrastiveLoss: row(
    api.contrastiveLoss,
    () => [points(), classes(), { margin: 0.2 }],
    { "0": is.anyEmbeddings, "1": is.labels, "2.margin": margin },
  ),
  liftedStructureLoss: row(
    api.liftedStructureLoss,
    () => [points(), classes(), { margin: 0.2 }],
    { "0": is.anyEmbeddings, "1": is.labels, "2.margin": margin },
  ),
  constructTriplets: row(
    api.constructTriplets,
    () => ["batch-hard", points(), classes(), {
      margin: 0.2,
      random: createRandom(1),
      metric: "cosine",
      count: 2,
    }],
    {
      "0": miner,
      "1": is.embeddings,
      "2": is.labels,
      "3.margin": margin,
      "3.random": is.random,
      "3.metric": metric,
      // No more are kept than there are.
      "3.count": is.optional(is.whole({ min: 1 })),
    },
  ),
  packTriplets: row(
    (...given: Parameters<typeof api.packTriplets>) =>
      [...api.packTriplets(...given)].length,
    () => [triplets(), 1],
    {
      "0.anchors": is.indices(2 ** 31, { fixed: true }),
      "0.positives": is.indices(2 ** 31, { fixed: true }),
      "0.negatives": is.indices(2 ** 31, { fixed: true }),
      "1": is.whole({ min: 1 }),
    },
  ),
  drawTripletPerPair: row(
    api.drawTripletPerPair,
    () => [distances(), classes(), {
      margin: 5,
      random: createRandom(1),
      measuredFrom: "anchor",
    }],
    {
      "0": is.embeddings,
      "1": is.labels,
      "2.margin": is.number({ min: 0 }, { infinite: true }),
      "2.random": is.random,
      "2.measuredFrom": is.optional(is.choice("anchor", "positive")),
    },
  ),
};
