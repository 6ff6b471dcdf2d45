/**
 * FaceNet on MNIST: the network NN2, triplets and their mining, training on
 * TensorFlow.js's WASM backend, and evaluation by nearest class centroid.
 *
 * @module
 */
export { createRandom, type Random, restoreRandom, shuffle } from "./random.ts";
export { projectPath } from "./project_path.ts";

export {
  type BackendDescription,
  type BackendName,
  useBackend,
} from "./backends/use_backend.ts";
export {
  setWinograd,
  type WinogradUse,
  winogradUse,
} from "./backends/wasm/winograd_use.ts";

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
export { l2Pool, L2Pooling } from "./nn2/l2_pooling.ts";
export { normalizedConv2d } from "./nn2/normalized_conv2d.ts";
export type {
  NormalizedConv2dOptions,
  NormalizedWeights,
} from "./nn2/normalized_conv2d_passes.ts";
export {
  NormalizedConvolution,
  type NormalizedConvolutionConfig,
} from "./nn2/normalized_convolution.ts";
export { LocalResponseNormalization } from "./nn2/local_response_normalization.ts";
export { L2Normalization } from "./nn2/l2_normalization.ts";

export { squaredDistances } from "./triplets/distances.ts";
export { cosineDistances } from "./triplets/cosine_distances.ts";
export { manhattanDistances } from "./triplets/manhattan_distances.ts";
export type { Metric } from "./triplets/metric.ts";
export type { BatchDistances } from "./triplets/batch.ts";
export { mineTriplets } from "./triplets/mine.ts";
export { type Census, census } from "./triplets/census.ts";
export { tripletLoss } from "./triplets/loss.ts";
export { batchTripletLoss } from "./triplets/batch_loss.ts";
export {
  contrastiveLoss,
  type PairLossOptions,
} from "./triplets/contrastive_loss.ts";
export { liftedStructureLoss } from "./triplets/lifted_structure_loss.ts";
export type { Penalty } from "./triplets/penalty.ts";
export {
  type ConstructionOptions,
  constructTriplets,
} from "./triplets/construct.ts";
export { packTriplets, type TripletPack } from "./triplets/pack.ts";
export {
  drawTripletPerPair,
  type PerPairOptions,
} from "./triplets/per_pair.ts";
export { type MiningRule, miningRules } from "./triplets/rules.ts";
export type {
  LossOptions,
  MiningOptions,
  TripletLossOptions,
  Triplets,
} from "./triplets/triplets.ts";

export {
  divideForRun,
  type RunData,
  type RunSeeds,
  runSeeds,
} from "./training/data.ts";
export {
  type Adam,
  type AdamOptions,
  type AdamState,
  createAdam,
  restoreAdam,
} from "./training/adam.ts";
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
export type { TrainingRule } from "./training/rule_loss.ts";
export {
  trainableVariables,
  type Training,
  trainStep,
} from "./training/step.ts";
export type { StepReport } from "./training/run_state.ts";
export { trainingSteps } from "./training/steps.ts";
export {
  type ResumableOptions,
  resumableSteps,
} from "./training/resumable_steps.ts";
export {
  type FoundCheckpoint,
  readCheckpoint,
} from "./training/checkpoint_folder.ts";
export type { Checkpoint } from "./training/checkpoint.ts";
export type { KeepOptions } from "./training/keeper.ts";
export { embeddingSpread } from "./training/collapse.ts";
export { renewStatistics } from "./training/renew_statistics.ts";
export { train } from "./training/train.ts";
export type { TrainOptions, TrainResult } from "./training/train_options.ts";
export type { Validation } from "./training/validation.ts";
export {
  type LoadedNetwork,
  loadNetwork,
  loadWeights,
  saveWeights,
} from "./training/weights.ts";
export type { NetworkSettings } from "./training/settings/network_settings.ts";
export {
  decodeSafetensors,
  encodeSafetensors,
  type Safetensors,
  type StoredTensor,
} from "./training/safetensors.ts";

export { accuracy, rightAndWrong } from "./evaluation/accuracy.ts";
export {
  type Centroids,
  computeCentroids,
  nearestCentroid,
  type NearestCentroids,
} from "./evaluation/centroids.ts";
export { confusionMatrix } from "./evaluation/confusion_matrix.ts";
export {
  type Embed,
  embedImages,
  type EmbedOptions,
} from "./evaluation/embed_images.ts";
export {
  type CentroidOptions,
  type CentroidReport,
  evaluateCentroids,
} from "./evaluation/evaluate_centroids.ts";
export {
  type BaselineOptions,
  type BaselineReports,
  evaluateWithBaselines,
  rawPixels,
} from "./evaluation/baselines.ts";
export {
  type PairDistances,
  pairDistances,
} from "./evaluation/pair_distances.ts";
export type { LabelledEmbeddings } from "./evaluation/labelled.ts";
export {
  findNeighbours,
  type NeighbourOptions,
  type Neighbours,
} from "./evaluation/neighbours.ts";
export { voteOfNeighbours, type Votes } from "./evaluation/vote.ts";
export {
  type ClassReport,
  classReport,
  type ClassScores,
} from "./evaluation/class_report.ts";
export { type Spread, spread } from "./evaluation/spread.ts";
export {
  centroidAccuracyOverDraws,
  type DrawOptions,
} from "./evaluation/centroid_draws.ts";
export { type Roc, rocCurve } from "./evaluation/roc.ts";
export {
  areaUnderRoc,
  type EqualError,
  equalErrorRate,
} from "./evaluation/roc_measures.ts";
export { rocOfAllPairs } from "./evaluation/all_pairs.ts";
export { type SampleOptions, samplePairs } from "./evaluation/sample_pairs.ts";
export {
  applyThreshold,
  chooseThreshold,
  type ThresholdGoal,
  validationAtFar,
  type Verification,
} from "./evaluation/threshold.ts";
export { type FoldVerification, verifyOverFolds } from "./evaluation/folds.ts";
export { divideIntoFolds } from "./evaluation/divide_into_folds.ts";
export { type Interval, wilsonInterval } from "./evaluation/wilson.ts";
export { type RankingScores, scoreRanking } from "./evaluation/ranking.ts";
export {
  measureRetrieval,
  type RetrievalOptions,
  type RetrievalReport,
} from "./evaluation/retrieval.ts";
export {
  type OpenSetCurve,
  openSetCurve,
  type Probes,
} from "./evaluation/open_set.ts";
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
} from "./evaluation/rejection.ts";

export type { Figure, PlotlyObject } from "./plots/figure.ts";
export { barChart, type BarChartOptions } from "./plots/bar_chart.ts";
export {
  confusionFigure,
  type ConfusionOptions,
} from "./plots/confusion_figure.ts";
export {
  distanceHistogram,
  type DistanceHistogramOptions,
} from "./plots/distance_histogram.ts";
export { imageGrid, type ImageGridOptions } from "./plots/image_grid.ts";
export {
  type Line,
  lineChart,
  type LineChartOptions,
} from "./plots/line_chart.ts";
export { type LiveChart, liveChart } from "./plots/live_chart.ts";
export { lossCurve, type LossCurveOptions } from "./plots/loss_curve.ts";
export { type Progress, progress } from "./plots/progress.ts";
export { scatter2d, type ScatterOptions } from "./plots/scatter_2d.ts";
export { show, type Showable } from "./plots/show.ts";
export { type StopButton, stopButton } from "./plots/stop_button.ts";
export { palette } from "./plots/style.ts";
