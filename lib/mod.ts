/**
 * FaceNet on MNIST: the network NN2, triplets and their mining, training on
 * TensorFlow.js's WASM backend, and evaluation by nearest class centroid.
 *
 * @module
 */
export {
  createRandom,
  type Random,
  restoreRandom,
  shuffle,
} from "./numeric/random.ts";
export { projectPath } from "./files/project_path.ts";

export {
  type BackendDescription,
  type BackendName,
  useBackend,
} from "./backends/use_backend.ts";
export {
  setWinograd,
  type WinogradUse,
  winogradUse,
} from "./backends/wasm/winograd/use.ts";

export { type ByteArray, readIdx } from "./digits/idx.ts";
export { type Dataset, pairDataset, selectImages } from "./digits/dataset.ts";
export { classCounts, drawPerClass, indicesByClass } from "./digits/classes.ts";
export { splitDataset, type SplitOptions } from "./digits/split.ts";
export { loadMnist, type Mnist, type MnistOptions } from "./digits/mnist.ts";
export { resizeBicubic } from "./digits/bicubic.ts";
export { type ImageOptions, imagesToTensor } from "./digits/images.ts";
export {
  type BalancedBatch,
  type BalancedBatches,
  type BalancedSampler,
  type BalancedSamplerState,
  createBalancedSampler,
  restoreBalancedSampler,
} from "./digits/sampler.ts";

export { createNN2, type NN2Options } from "./nn2/model.ts";
export { networkEmbed } from "./nn2/embed.ts";
export type { Normalization } from "./nn2/convolution.ts";
export {
  inputShape,
  type InputSize,
  NN2,
  nn2Rows,
  type Row,
} from "./nn2/table.ts";
export { type ModuleSummary, summarizeNN2 } from "./nn2/summary.ts";
export { namedWeights, setNamedWeights } from "./nn2/weights.ts";
export { l2Pool, L2Pooling } from "./nn2/layers/l2_pooling.ts";
export { normalizedConv2d } from "./nn2/layers/normalized_conv2d.ts";
export type {
  NormalizedConv2dOptions,
  NormalizedWeights,
} from "./nn2/layers/normalized_conv2d_passes.ts";
export {
  NormalizedConvolution,
  type NormalizedConvolutionConfig,
} from "./nn2/layers/normalized_convolution.ts";
export { LocalResponseNormalization } from "./nn2/layers/local_response_normalization.ts";
export { L2Normalization } from "./nn2/layers/l2_normalization.ts";

export { squaredDistances } from "./triplets/distances/distances.ts";
export { cosineDistances } from "./triplets/distances/cosine_distances.ts";
export { manhattanDistances } from "./triplets/distances/manhattan_distances.ts";
export type { Metric } from "./triplets/distances/metric.ts";
export type { BatchDistances } from "./triplets/batch/batch.ts";
export { mineTriplets } from "./triplets/mining/mine.ts";
export { type Census, census } from "./triplets/batch/census.ts";
export { tripletLoss } from "./triplets/losses/loss.ts";
export { batchTripletLoss } from "./triplets/losses/batch_loss.ts";
export {
  contrastiveLoss,
  type PairLossOptions,
} from "./triplets/losses/contrastive_loss.ts";
export { liftedStructureLoss } from "./triplets/losses/lifted_structure_loss.ts";
export type { Penalty } from "./triplets/losses/penalty.ts";
export {
  type ConstructionOptions,
  constructTriplets,
} from "./triplets/offline/construct.ts";
export { packTriplets, type TripletPack } from "./triplets/offline/pack.ts";
export {
  drawTripletPerPair,
  type PerPairOptions,
} from "./triplets/offline/per_pair.ts";
export { type MiningRule, miningRules } from "./triplets/miners/rules.ts";
export type {
  LossOptions,
  MiningOptions,
  TripletLossOptions,
  Triplets,
} from "./triplets/batch/triplets.ts";

export {
  divideForRun,
  type RunData,
  type RunSeeds,
  runSeeds,
} from "./digits/run_data.ts";
export {
  type Adam,
  type AdamOptions,
  type AdamState,
  createAdam,
  restoreAdam,
} from "./training/step/adam.ts";
export { learningRate, type Schedule } from "./training/settings/schedule.ts";
export {
  type PresetName,
  presets,
  settle,
} from "./training/settings/settings.ts";
export type {
  Augmentation,
  ScheduleShape,
  Settings,
} from "./training/settings/schema.ts";
export type { TrainingRule } from "./triplets/losses/rule_loss.ts";
export {
  trainableVariables,
  type Training,
  trainStep,
} from "./training/step/step.ts";
export type { StepReport } from "./training/checkpoint/run_state.ts";
export { trainingSteps } from "./training/run/steps.ts";
export {
  type ResumableOptions,
  resumableSteps,
} from "./training/run/resumable_steps.ts";
export {
  type FoundCheckpoint,
  readCheckpoint,
} from "./training/checkpoint/checkpoint_folder.ts";
export type { Checkpoint } from "./training/checkpoint/checkpoint.ts";
export type { KeepOptions } from "./training/checkpoint/keeper.ts";
export { embeddingSpread } from "./training/step/collapse.ts";
export { renewStatistics } from "./training/step/renew_statistics.ts";
export { train } from "./experiment/train.ts";
export type { TrainOptions, TrainResult } from "./experiment/train_options.ts";
export type { Validation } from "./training/checkpoint/validation.ts";
export {
  type LoadedNetwork,
  loadNetwork,
  loadWeights,
  saveWeights,
} from "./training/weights/weights.ts";
export type { NetworkSettings } from "./training/settings/network_settings.ts";
export {
  decodeSafetensors,
  encodeSafetensors,
  type Safetensors,
  type StoredTensor,
} from "./files/safetensors.ts";

export {
  accuracy,
  rightAndWrong,
} from "./evaluation/classification/accuracy.ts";
export {
  type Centroids,
  computeCentroids,
  nearestCentroid,
  type NearestCentroids,
} from "./evaluation/classification/centroids.ts";
export { confusionMatrix } from "./evaluation/classification/confusion_matrix.ts";
export {
  type Embed,
  embedImages,
  type EmbedOptions,
} from "./evaluation/embeddings/embed_images.ts";
export {
  type CentroidOptions,
  type CentroidReport,
  evaluateCentroids,
} from "./evaluation/classification/evaluate_centroids.ts";
export {
  type BaselineOptions,
  type BaselineReports,
  evaluateWithBaselines,
  rawPixels,
} from "./evaluation/classification/baselines.ts";
export {
  type PairDistances,
  pairDistances,
} from "./evaluation/verification/pair_distances.ts";
export type { LabelledEmbeddings } from "./evaluation/embeddings/labelled.ts";
export {
  findNeighbours,
  type NeighbourOptions,
  type Neighbours,
} from "./evaluation/retrieval/neighbours.ts";
export { voteOfNeighbours, type Votes } from "./evaluation/retrieval/vote.ts";
export {
  type ClassReport,
  classReport,
  type ClassScores,
} from "./evaluation/classification/class_report.ts";
export { type Spread, spread } from "./evaluation/statistics/spread.ts";
export {
  centroidAccuracyOverDraws,
  type DrawOptions,
} from "./evaluation/classification/centroid_draws.ts";
export { type Roc, rocCurve } from "./evaluation/verification/roc.ts";
export {
  areaUnderRoc,
  type EqualError,
  equalErrorRate,
} from "./evaluation/verification/roc_measures.ts";
export { rocOfAllPairs } from "./evaluation/verification/all_pairs.ts";
export {
  type SampleOptions,
  samplePairs,
} from "./evaluation/verification/sample_pairs.ts";
export {
  applyThreshold,
  chooseThreshold,
  type ThresholdGoal,
  validationAtFar,
  type Verification,
} from "./evaluation/verification/threshold.ts";
export {
  type FoldVerification,
  verifyOverFolds,
} from "./evaluation/verification/folds.ts";
export { divideIntoFolds } from "./evaluation/verification/divide_into_folds.ts";
export {
  type Interval,
  wilsonInterval,
} from "./evaluation/statistics/wilson.ts";
export {
  type RankingScores,
  scoreRanking,
} from "./evaluation/retrieval/ranking.ts";
export {
  measureRetrieval,
  type RetrievalOptions,
  type RetrievalReport,
} from "./evaluation/retrieval/retrieval.ts";
export {
  type OpenSetCurve,
  openSetCurve,
  type Probes,
} from "./evaluation/open_set/open_set.ts";
export { averageLinkage } from "./evaluation/clustering/average_linkage.ts";
export {
  type Cut,
  cutDendrogram,
  type Dendrogram,
} from "./evaluation/clustering/dendrogram.ts";
export {
  type KMeans,
  kMeans,
  type KMeansOptions,
} from "./evaluation/clustering/k_means.ts";
export {
  adjustedMutualInformation,
  completeness,
  homogeneity,
  normalizedMutualInformation,
} from "./evaluation/clustering/mutual_information.ts";
export { purity } from "./evaluation/clustering/purity.ts";
export { adjustedRandIndex } from "./evaluation/clustering/rand_index.ts";
export { type Pca, pca } from "./evaluation/projections/pca.ts";
export {
  type TSne,
  tSne,
  type TSneOptions,
  type TSneStep,
} from "./evaluation/projections/t_sne.ts";
export {
  type Umap,
  umap,
  type UmapOptions,
} from "./evaluation/projections/umap.ts";
export {
  type ProjectorFiles,
  projectorFiles,
} from "./evaluation/projections/projector_files.ts";
export {
  applyRejection,
  chooseRejection,
  type Rejection,
  rejectStrangers,
  STRANGER,
} from "./evaluation/open_set/rejection.ts";

export type { Figure, PlotlyObject } from "./plots/figures/figure.ts";
export { barChart, type BarChartOptions } from "./plots/figures/bar_chart.ts";
export {
  confusionFigure,
  type ConfusionOptions,
} from "./plots/figures/confusion_figure.ts";
export {
  distanceHistogram,
  type DistanceHistogramOptions,
} from "./plots/figures/distance_histogram.ts";
export {
  imageGrid,
  type ImageGridOptions,
} from "./plots/figures/image_grid.ts";
export {
  type Line,
  lineChart,
  type LineChartOptions,
} from "./plots/figures/line_chart.ts";
export { type LiveChart, liveChart } from "./plots/notebook/live_chart.ts";
export {
  lossCurve,
  type LossCurveOptions,
} from "./plots/figures/loss_curve.ts";
export { type Progress, progress } from "./plots/notebook/progress.ts";
export { scatter2d, type ScatterOptions } from "./plots/figures/scatter_2d.ts";
export { show, type Showable } from "./plots/notebook/show.ts";
export { type StopButton, stopButton } from "./plots/notebook/stop_button.ts";
export { palette } from "./plots/figures/style.ts";
