import * as tf from "@tensorflow/tfjs";
import * as api from "../../lib/mod.ts";
import * as is from "./kinds.ts";
import { hold, none, type Room, row, tensor } from "./row.ts";
import { digits, model } from "./run.ts";
import { ofChanges, settings } from "./settings.ts";

const { createRandom } = api;
const seed = is.whole({ min: -(2 ** 31), max: 2 ** 32 - 1 });
const share = is.number({ min: 0, below: 1 });
const ofAdam = (place: number) => ({
  [`${place}.beta1`]: is.optional(share),
  [`${place}.beta2`]: is.optional(share),
  [`${place}.epsilon`]: is.optional(is.number({ min: 0 })),
});
const adam = () => ({ beta1: 0.9, beta2: 0.999, epsilon: 1e-8 });
const variables = () => ({
  x: hold(tf.tidy(() => tf.variable(tf.tensor1d([1, 2])))),
});

const images = () =>
  tensor(new Float32Array(4 * 28 * 28), [4, 28, 28, 1] as never);

function training() {
  const trained = model();
  const optimizer = hold(api.createAdam(api.trainableVariables(trained)));
  return {
    model: trained,
    optimizer,
    miner: "batch-hard",
    margin: 0.2,
    random: createRandom(1),
    partSize: 2,
  };
}

const ofStep = {
  "0.miner": is.choice(...api.minerNames),
  "0.margin": is.number({ min: 0 }),
  "0.random": is.optional(is.random),
  "0.partSize": is.optional(is.whole({ min: 1 })),
  "1": { type: "tensor", rank: 4, finite: true },
  "2": is.labels,
  "3": is.number({ min: 0 }),
} as const;

export const trainingRoom: Room = {
  divideForRun: row(
    api.divideForRun,
    () => [{ train: digits(), test: digits() }, api.runSeeds(1), 2, [3]],
    {
      "1.split": seed,
      "1.validation": seed,
      "2": is.whole({ min: 1 }),
      "3": is.optional({ ...is.labels, fixed: false, empty: true }),
    },
  ),
  runSeeds: row(api.runSeeds, () => [1], { "0": seed }),
  createAdam: row(api.createAdam, () => [variables(), adam()], ofAdam(1)),
  "createAdam().update": row(
    (rate: number) => {
      const held = variables();
      const gradient = tensor([1, 1]);
      const optimizer = api.createAdam(held);
      try {
        optimizer.update({ x: gradient }, rate);
      } finally {
        optimizer.dispose();
        tf.dispose([held, gradient]);
      }
    },
    () => [0.1],
    { "0": is.number({ min: 0 }) },
  ),
  restoreAdam: row(
    api.restoreAdam,
    () => [variables(), {
      steps: 1,
      means: {
        x: { gradient: new Float32Array(2), square: new Float32Array(2) },
      },
    }, adam()],
    { "1.steps": is.whole({ min: 0 }), ...ofAdam(2) },
  ),
  learningRate: row(
    api.learningRate,
    () => [{ peak: 0.1, warmUpSteps: 2, shape: "cosine" }, 1, 0.5],
    {
      "0.peak": is.number({ min: 0 }),
      "0.warmUpSteps": is.optional(is.whole({ min: 0 })),
      "0.shape": is.optional(is.choice("cosine", "constant")),
      "1": is.whole({ min: 0 }),
      "2": is.number({ min: 0 }),
    },
  ),
  resolveSettings: row(api.resolveSettings, () => ["quick", settings()], {
    "0": is.choice("quick", "full", "seed"),
    ...ofChanges("1"),
  }),
  // The former name of resolveSettings.
  settle: none,
  trainableVariables: none,
  trainStep: row(
    api.trainStep,
    () => [training(), images(), [0, 0, 1, 1], 0.01],
    ofStep,
  ),
  trainBatch: row(
    api.trainBatch,
    () => [training(), images(), [0, 0, 1, 1], 0.01],
    ofStep,
  ),
  embeddingSpread: row(api.embeddingSpread, () => [tensor([[1, 0], [0, 1]])], {
    "0": is.anyEmbeddings,
  }),
  renewStatistics: row(
    api.renewStatistics,
    () => [
      model(),
      digits(),
      { inputSize: 28, binarize: false },
      createRandom(1),
    ],
    {
      "2.inputSize": is.choice(28, 224),
      "2.binarize": is.boolean,
      "3": is.random,
    },
  ),
};
