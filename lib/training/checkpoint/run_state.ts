import type * as tf from "@tensorflow/tfjs";
import type { BalancedSamplerState } from "../../digits/sampler.ts";
import { namedWeights } from "../../nn2/weights.ts";
import type { AdamState } from "../optimizer/adam_state.ts";
import type { StoredTensor } from "../../files/safetensors.ts";

/** One step of training. */
export interface StepReport {
  /** From 1. */
  step: number;
  /** The part of the budget that is spent, up to 1. */
  progress: number;
  /** The batch's loss before the step. */
  loss: number;
  /** The mean squared distance of two images of the batch, before the step. */
  spread: number;
  /** Whether the spread has been next to 0 for many steps. */
  collapsed: boolean;
  learningRate: number;
  imagesSeen: number;
  /** Seconds of training so far; what is done between two steps is left out. */
  seconds: number;
}

/** A measurement in the course of training. */
export interface Validation {
  step: number;
  /** Nearest-centroid accuracy on validation images, in [0, 1]. */
  accuracy: number;
  /** Seconds of training until then. */
  seconds: number;
}

/** All that a run needs to go on as if it had never ended: plain data. */
export interface RunState {
  /** All weights of the network, by their names. */
  weights: Record<string, StoredTensor>;
  /** The optimizer's, by the same names. */
  adam: AdamState;
  sampler: BalancedSamplerState;
  /** The stream of what a step draws besides: distortions, explicit triplets. */
  draws: readonly number[];
  /** The reports of all steps so far. */
  steps: StepReport[];
}

/**
 * Calls the optimizer's means by the names of a model's weights, which are the
 * same for every model of one kind; a variable's own name is not.
 */
export function nameMeans(state: AdamState, model: tf.LayersModel): AdamState {
  return renamed(
    state,
    namesOf(model).map(([name, variable]) => [variable, name]),
  );
}

/** From the names of weights back to those that the model's variables have now. */
export function unnameMeans(
  state: AdamState,
  model: tf.LayersModel,
): AdamState {
  return renamed(state, namesOf(model));
}

type Pairs = [from: string, to: string][];

function namesOf(model: tf.LayersModel): Pairs {
  return Object.entries(namedWeights(model))
    .map(([name, variable]) => [name, variable.name]);
}

function renamed({ steps, means }: AdamState, pairs: Pairs): AdamState {
  const names = new Map(pairs);
  const entries = Object.entries(means)
    .map(([name, mean]) => [names.get(name) ?? name, mean] as const);
  return { steps, means: Object.fromEntries(entries) };
}
