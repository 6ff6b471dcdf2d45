/**
 * Triplets: distances within a batch, the miners that choose anchors, positives
 * and negatives by them, and the losses. Miners work on plain numbers and need no
 * backend, and so does the loss with its gradient; others are differentiable, for
 * models of any kind. Nothing here
 * loads WebAssembly or a package for figures.
 *
 * @module
 */
export { squaredDistances } from "./distances/distances.ts";
export { cosineDistances } from "./distances/cosine_distances.ts";
export { manhattanDistances } from "./distances/manhattan_distances.ts";
export type { Metric } from "./distances/metric.ts";
export type { BatchDistances } from "./batch/batch.ts";
export { type MinedTriplets, mineTriplets } from "./miners/mine.ts";
export {
  type Census,
  census,
  countTriplets,
  type TripletCounts,
} from "./batch/triplet_counts.ts";
export { tripletLossAndGradient } from "./losses/loss_and_gradient.ts";
export type { LossAndGradient } from "./losses/triplet_sums.ts";
export { tripletLoss } from "./losses/loss.ts";
export { batchTripletLoss } from "./losses/batch_loss.ts";
export { type LossGradients, lossGradients } from "./losses/loss_gradients.ts";
export { contrastiveLoss } from "./losses/contrastive_loss.ts";
export type { PairLossOptions } from "./losses/pairs.ts";
export { liftedStructureLoss } from "./losses/lifted_structure_loss.ts";
export type { Penalty, TripletLossFunction } from "./losses/loss_function.ts";
export type { LossOptions, TripletLossOptions } from "./losses/options.ts";
export {
  type ConstructionOptions,
  constructTriplets,
} from "./offline/construct.ts";
export { packTriplets, type TripletPack } from "./offline/pack.ts";
export { drawTripletPerPair, type PerPairOptions } from "./offline/per_pair.ts";
export type { Miner } from "./miners/miner.ts";
export {
  type MinerName,
  minerNames,
  miners,
  type MiningRule,
  miningRules,
  type TrainingRule,
} from "./miners/miners.ts";
export type { MiningOptions, Triplets } from "./batch/triplets.ts";
