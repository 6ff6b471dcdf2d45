import type * as tf from "@tensorflow/tfjs";
import * as api from "../../lib/mod.ts";
import * as is from "./kinds.ts";
import { type Room, row, tensor } from "./row.ts";

const { createRandom } = api;
const points = () =>
  tensor<tf.Rank.R2>([[1, 0], [0.8, 0.6], [0.6, 0.8], [0, 1]]);
const classes = () => [3, 3, 5, 5];
const images = () => ({ embeddings: points(), labels: classes() });
const ofImages = (place: string) => ({
  [`${place}.embeddings`]: is.embeddings,
  [`${place}.labels`]: is.labels,
});
const someLabels = { ...is.labels, fixed: false };

const distance = { type: "number", min: 0 } as const;
const rates = is.list({ min: 0, max: 1 }, { fixed: true });
const thresholds = is.list({ infinite: true }, { fixed: true });
const threshold = is.number({}, { infinite: true });
const share = is.number({ above: 0, max: 1 });
const some = is.whole({ min: 1 });
const roc = () => ({
  thresholds: Float32Array.of(-Infinity, 0.5, 1.5),
  validationRates: Float64Array.of(0, 0.75, 1),
  falseAcceptRates: Float64Array.of(0, 0.25, 1),
  positives: 4,
  negatives: 4,
});
const ofRoc = (place: string) => ({
  [`${place}.thresholds`]: thresholds,
  [`${place}.validationRates`]: rates,
  [`${place}.falseAcceptRates`]: rates,
  [`${place}.positives`]: some,
  [`${place}.negatives`]: some,
});

const curve = () => ({
  thresholds: Float32Array.of(-Infinity, 0.5, 1.5),
  identificationRates: Float64Array.of(0, 0.75, 0.75),
  confusionRates: Float64Array.of(0, 0, 0.25),
  falseAcceptRates: Float64Array.of(0, 0.125, 1),
  known: 4,
  strangers: 8,
});
const ofCurve = {
  "0.thresholds": thresholds,
  "0.identificationRates": rates,
  "0.confusionRates": rates,
  "0.falseAcceptRates": rates,
  "0.known": some,
  "0.strangers": some,
};

const neighbours = () => ({
  k: 2,
  galleryCount: 4,
  indices: Int32Array.of(1, 2, 0, 3),
  distances: new Float32Array(4),
});
const centroids = () => ({
  classes: Int32Array.of(3, 5),
  vectors: tensor<tf.Rank.R2>([[1, 0], [0, 1]]),
});

export const evaluationRoom: Room = {
  accuracy: row(api.accuracy, () => [[3, 5], [3, 3]], {
    "0": is.labels,
    "1": is.labels,
  }),
  rightAndWrong: row(api.rightAndWrong, () => [[3, 5], [3, 3], [1, Infinity]], {
    "0": is.labels,
    "1": is.labels,
    "2": is.optional(is.list({ infinite: true }, { fixed: true })),
  }),
  readEmbeddings: row(api.readEmbeddings, () => [points()], {
    "0": is.embeddings,
  }),
  "readEmbeddings().plain": row(
    api.readEmbeddings,
    () => [{ values: new Float32Array(6), count: 3, size: 2 }],
    { "0.count": is.whole({ min: 1 }), "0.size": is.whole({ min: 1 }) },
  ),
  computeCentroids: row(api.computeCentroids, () => [points(), classes()], {
    "0": is.embeddings,
    "1": is.labels,
  }),
  nearestCentroid: row(api.nearestCentroid, () => [points(), centroids()], {
    "0": is.embeddings,
    "1.classes": is.labels,
    "1.vectors": is.embeddings,
  }),
  confusionMatrix: row(
    api.confusionMatrix,
    () => [[3, 5], [3, 3], [3, 5]],
    { "0": is.labels, "1": is.labels, "2": someLabels },
  ),
  rawPixels: row(api.rawPixels, () => [tensor([[[[0], [1]]]])], {
    "0": { type: "tensor", rank: 4 },
  }),
  pairDistances: row(
    api.pairDistances,
    () => [tensor([[0, 1, 4], [1, 0, 2], [4, 2, 0]]), [3, 3, 5]],
    { "0": is.anyEmbeddings, "1": is.labels },
  ),
  findNeighbours: row(
    api.findNeighbours,
    () => [points(), { k: 2, gallery: points() }],
    {
      "0": is.embeddings,
      "1.k": is.whole({ min: 1, max: 4 }, { size: true }),
      "1.gallery": is.optional(is.embeddings),
    },
  ),
  voteOfNeighbours: row(
    api.voteOfNeighbours,
    () => [neighbours(), classes(), 2],
    {
      "0.k": is.whole({ min: 1, max: 4 }, { size: true }),
      "0.galleryCount": is.whole({ min: 1 }, { size: true }),
      "0.indices": is.list({ type: "integer", min: 0, max: 3 }, {
        fixed: true,
      }),
      "1": is.labels,
      "2": is.optional(is.whole({ min: 1, max: 2 }, { size: true })),
    },
  ),
  classReport: row(api.classReport, () => [[[2, 1], [1, 0]]], {
    "0.0": is.list({ type: "integer", min: 0 }, { fixed: true }),
    "0.1": is.list({ type: "integer", min: 0 }, { fixed: true }),
  }),
  spread: row(api.spread, () => [[1, 3, 2]], { "0": is.list({}) }),
  centroidAccuracyOverDraws: row(
    api.centroidAccuracyOverDraws,
    () => [images(), images(), {
      imagesPerClass: 1,
      draws: 2,
      random: createRandom(1),
    }],
    {
      ...ofImages("0"),
      ...ofImages("1"),
      "2.imagesPerClass": is.whole({ min: 1, max: 2 }, { size: true }),
      "2.draws": is.optional(is.whole({ min: 2, max: 1e6 }, { size: true })),
      "2.random": is.random,
    },
  ),
  rankCorrelation: row(api.rankCorrelation, () => [[1, 2, 3], [3, 1, 2]], {
    "0": is.list({}, { fixed: true }),
    "1": is.list({}, { fixed: true }),
  }),
  rocCurve: row(api.rocCurve, () => [{ positive: [1, 2], negative: [2, 3] }], {
    "0.positive": is.list(distance),
    "0.negative": is.list(distance),
  }),
  areaUnderRoc: row(api.areaUnderRoc, () => [roc()], ofRoc("0")),
  equalErrorRate: row(api.equalErrorRate, () => [roc()], ofRoc("0")),
  rocOfAllPairs: row(api.rocOfAllPairs, () => [images()], ofImages("0")),
  samplePairs: row(
    api.samplePairs,
    () => [images(), { positives: 2, negatives: 3, random: createRandom(1) }],
    {
      ...ofImages("0"),
      "1.positives": is.whole({ min: 1, max: 1e8 }, { size: true }),
      "1.negatives": is.whole({ min: 1, max: 1e8 }, { size: true }),
      "1.random": is.random,
    },
  ),
  applyThreshold: row(api.applyThreshold, () => [roc(), 1], {
    ...ofRoc("0"),
    "1": threshold,
  }),
  chooseThreshold: row(api.chooseThreshold, () => [roc(), "accuracy"], {
    ...ofRoc("0"),
    "1": is.choice("accuracy", "equal-error"),
  }),
  "chooseThreshold().far": row(api.chooseThreshold, () => [roc(), { far: 1 }], {
    "1.far": share,
  }),
  validationAtFar: row(api.validationAtFar, () => [roc(), 0.5], {
    ...ofRoc("0"),
    "1": share,
  }),
  verifyOverFolds: row(
    api.verifyOverFolds,
    () => [[roc(), roc()], { far: 0.5 }],
    { ...ofRoc("0.1"), "1.far": share },
  ),
  divideIntoFolds: row(
    api.divideIntoFolds,
    () => [classes(), 2, createRandom(1)],
    {
      "0": someLabels,
      "1": is.whole({ min: 2, max: 4 }, { size: true }),
      "2": is.random,
    },
  ),
  wilsonInterval: row(api.wilsonInterval, () => [2, 4], {
    "0": is.whole({ min: 0, max: 4 }),
    "1": is.whole({ min: 2 }),
  }),
  scoreRanking: row(api.scoreRanking, () => [[7, 2, 7], 7, 3, [1, 2]], {
    "0": someLabels,
    "1": is.whole({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
    "2": is.whole({ min: 1, max: 3 }, { size: true }),
    "3": is.optional(
      is.list({ type: "integer", min: 1, max: 3 }, { empty: true }),
    ),
  }),
  measureRetrieval: row(
    api.measureRetrieval,
    () => [images(), { gallery: images(), ks: [1, 2] }],
    {
      ...ofImages("0"),
      ...ofImages("1.gallery"),
      "1.gallery.embeddings": is.embeddings,
      "1.ks": is.optional(
        is.list({ type: "integer", min: 1, max: 4 }, { empty: true }),
      ),
    },
  ),
  openSetCurve: row(
    api.openSetCurve,
    () => [centroids(), { known: images(), strangers: points() }],
    {
      "0.classes": is.labels,
      "0.vectors": is.embeddings,
      ...ofImages("1.known"),
      "1.strangers": is.embeddings,
    },
  ),
  applyRejection: row(api.applyRejection, () => [curve(), 1], {
    ...ofCurve,
    "1": threshold,
  }),
  chooseRejection: row(api.chooseRejection, () => [curve(), 0.5], {
    ...ofCurve,
    "1": share,
  }),
  rejectStrangers: row(
    api.rejectStrangers,
    () => [{
      labels: Int32Array.of(3, 5),
      distances: [0.5, 1],
    }, 1],
    {
      "0.labels": is.labels,
      "0.distances": is.list({ infinite: true }, { fixed: true }),
      "1": threshold,
    },
  ),
};
