/**
 * Measures of embeddings: classification by the nearest centroid and by
 * neighbours, verification of pairs at a false accept rate, retrieval, strangers,
 * clustering, and projections to look at. They know nothing of how the embeddings
 * came about.
 *
 * @module
 */
export { accuracy, rightAndWrong } from "./classification/accuracy.ts";
export {
  type Centroids,
  computeCentroids,
  type GivenCentroids,
  nearestCentroid,
  type NearestCentroids,
} from "./classification/centroids.ts";
export { confusionMatrix } from "./classification/confusion_matrix.ts";
export {
  type Embed,
  embedImages,
  type EmbedOptions,
} from "./embeddings/embed_images.ts";
export {
  type CentroidOptions,
  type CentroidReport,
  evaluateCentroids,
} from "./classification/evaluate_centroids.ts";
export {
  type BaselineOptions,
  type BaselineReports,
  evaluateWithBaselines,
  rawPixels,
} from "./classification/baselines.ts";
export {
  type PairDistances,
  pairDistances,
} from "./verification/pair_distances.ts";
export type { DistanceMatrix } from "./embeddings/distance_matrix.ts";
export type { LabelledEmbeddings } from "./embeddings/labelled.ts";
export {
  findNeighbours,
  type NeighbourOptions,
  type Neighbours,
} from "./retrieval/neighbours.ts";
export { voteOfNeighbours, type Votes } from "./retrieval/vote.ts";
export {
  type ClassReport,
  classReport,
  type ClassScores,
} from "./classification/class_report.ts";
export { measures } from "./measures.ts";
export type { Measure } from "./statistics/measure.ts";
export { type Spread, spread } from "./statistics/spread.ts";
export {
  centroidAccuracyOverDraws,
  type DrawOptions,
} from "./classification/centroid_draws.ts";
export { type Roc, rocCurve } from "./verification/roc.ts";
export {
  areaUnderRoc,
  type EqualError,
  equalErrorRate,
} from "./verification/roc_measures.ts";
export { rocOfAllPairs } from "./verification/all_pairs.ts";
export {
  type SampleOptions,
  samplePairs,
} from "./verification/sample_pairs.ts";
export {
  applyThreshold,
  chooseThreshold,
  type ThresholdGoal,
  validationAtFar,
  type Verification,
} from "./verification/threshold.ts";
export {
  type FoldVerification,
  verifyOverFolds,
} from "./verification/folds.ts";
export { divideIntoFolds } from "./verification/divide_into_folds.ts";
export { rankCorrelation } from "./statistics/rank_correlation.ts";
export { type Interval, wilsonInterval } from "./statistics/wilson.ts";
export { type RankingScores, scoreRanking } from "./retrieval/ranking.ts";
export {
  measureRetrieval,
  type RetrievalOptions,
  type RetrievalReport,
} from "./retrieval/retrieval.ts";
export {
  type OpenSetCurve,
  openSetCurve,
  type Probes,
} from "./open_set/open_set.ts";
export { averageLinkage } from "./clustering/average_linkage.ts";
export {
  type Cut,
  cutDendrogram,
  type Dendrogram,
} from "./clustering/dendrogram.ts";
export {
  type KMeans,
  kMeans,
  type KMeansOptions,
} from "./clustering/k_means.ts";
export { completeness, homogeneity } from "./clustering/homogeneity.ts";
export {
  adjustedMutualInformation,
  normalizedMutualInformation,
} from "./clustering/mutual_information.ts";
export { purity } from "./clustering/purity.ts";
export { adjustedRandIndex } from "./clustering/rand_index.ts";
export { type Pca, pca } from "./projections/pca.ts";
export {
  type TSne,
  tSne,
  type TSneOptions,
  type TSneStep,
} from "./projections/t_sne.ts";
export { type Umap, umap, type UmapOptions } from "./projections/umap.ts";
export {
  type ProjectorFiles,
  projectorFiles,
} from "./projections/projector_files.ts";
export {
  applyRejection,
  chooseRejection,
  type Rejection,
  rejectStrangers,
  STRANGER,
} from "./open_set/rejection.ts";
export {
  type JoinedOptions,
  withJoinedClasses,
} from "./open_set/joined_classes.ts";
export { type Orientation, reorientImages } from "./open_set/reorient.ts";
