import type * as tf from "@tensorflow/tfjs";
import * as api from "../../lib/mod.ts";
import * as is from "./kinds.ts";
import { type Room, row, tensor } from "./row.ts";

const { createRandom } = api;
const points = () =>
  tensor<tf.Rank.R2>([[1, 0], [0, 1], [2, 1], [5, 5], [6, 5], [4, 3], [0, 7]]);
const twoLists = { "0": is.labels, "1": is.labels };
const dendrogram = () =>
  api.averageLinkage(tensor([[0, 1, 4], [1, 0, 2], [4, 2, 0]]));
const dimensions = is.optional(is.whole({ min: 1, max: 2 }, { size: true }));

/** Clusters and projections. */
export const clusteringRoom: Room = {
  averageLinkage: row(
    api.averageLinkage,
    () => [tensor([[0, 1, 4], [1, 0, 2], [4, 2, 0]])],
    { "0": is.anyEmbeddings },
  ),
  cutDendrogram: row(
    api.cutDendrogram,
    () => [dendrogram(), { clusters: 2 }],
    { "1.clusters": is.whole({ min: 1, max: 3 }, { size: true }) },
  ),
  "cutDendrogram().threshold": row(
    api.cutDendrogram,
    () => [dendrogram(), { threshold: 2 }],
    { "1.threshold": is.number({}, { infinite: true }) },
  ),
  kMeans: row(
    api.kMeans,
    () => [points(), 2, {
      random: createRandom(1),
      restarts: 1,
      iterations: 5,
    }],
    {
      "0": is.embeddings,
      "1": is.whole({ min: 1, max: 7 }, { size: true }),
      "2.random": is.random,
      "2.restarts": is.optional(is.whole({ min: 1 })),
      "2.iterations": is.optional(is.whole({ min: 1 })),
    },
  ),
  normalizedMutualInformation: row(
    api.normalizedMutualInformation,
    () => [[0, 1, 1], [0, 0, 1]],
    twoLists,
  ),
  adjustedMutualInformation: row(
    api.adjustedMutualInformation,
    () => [[0, 1, 1], [0, 0, 1]],
    twoLists,
  ),
  homogeneity: row(api.homogeneity, () => [[0, 1, 1], [0, 0, 1]], twoLists),
  completeness: row(api.completeness, () => [[0, 1, 1], [0, 0, 1]], twoLists),
  purity: row(api.purity, () => [[0, 1, 1], [0, 0, 1]], twoLists),
  adjustedRandIndex: row(
    api.adjustedRandIndex,
    () => [[0, 1, 1], [0, 0, 1]],
    twoLists,
  ),
  pca: row(api.pca, () => [points(), 2], {
    "0": is.embeddings,
    "1": dimensions,
  }),
  tSne: row(
    api.tSne,
    () => [points(), {
      dimensions: 2,
      perplexity: 2,
      iterations: 3,
      start: points(),
      every: 2,
    }],
    {
      "0": is.embeddings,
      "1.dimensions": dimensions,
      "1.perplexity": is.number({ above: 1, max: 2 }),
      "1.iterations": is.optional(is.whole({ min: 1 })),
      "1.start": is.optional(is.embeddings),
      "1.every": is.optional(is.whole({ min: 1 })),
    },
  ),
  umap: row(
    api.umap,
    () => [points(), {
      random: createRandom(1),
      dimensions: 2,
      neighbours: 3,
      minDistance: 0.2,
      epochs: 2,
    }],
    {
      "0": is.embeddings,
      "1.random": is.random,
      "1.dimensions": dimensions,
      "1.neighbours": is.whole({ min: 2, max: 6 }, { size: true }),
      "1.minDistance": is.optional(is.number({ min: 0, max: 1 })),
      "1.epochs": is.optional(is.whole({ min: 1 })),
    },
  ),
  projectorFiles: row(
    api.projectorFiles,
    () => [points(), { label: [1, 2, 3, 4, 5, 6, 7] }],
    { "0": is.embeddings },
  ),
};
