import * as tf from "@tensorflow/tfjs";
import * as api from "../../lib/mod.ts";
import * as is from "./kinds.ts";
import { hold, none, type Room, row, tensor } from "./row.ts";

const seed = is.whole({ min: -(2 ** 31), max: 2 ** 32 - 1 });
const inputSize = is.choice(28, 224);
const images: is.Kind = { type: "tensor", rank: 4, empty: true };
const perFilter: is.Kind = { type: "tensor", rank: 1 };
const most = 2 ** 31 - 1;
const window = is.whole({ min: 1, max: most }, { size: true });
const step = is.whole({ min: 1, max: most });
const ones = <R extends tf.Rank>(...shape: number[]) =>
  hold(tf.ones<R>(shape as tf.ShapeMap[R]));
const variable = () => hold(tf.tidy(() => tf.variable(tf.ones([2]))));

function weights() {
  return {
    kernel: ones<tf.Rank.R4>(1, 1, 1, 2),
    bias: ones(2),
    gamma: ones(2),
    beta: ones(2),
    movingMean: variable(),
    movingVariance: variable(),
  };
}
const convolution = () => ({
  strides: 1,
  epsilon: 1e-3,
  momentum: 0.9,
  inputGradient: true,
});
const ofConvolution = (place: number, each: (kind: is.Kind) => is.Kind) => ({
  [`${place}.strides`]: each(step),
  [`${place}.epsilon`]: each(is.number({ min: 0 })),
  [`${place}.momentum`]: each(is.number({ min: 0, max: 1 })),
  [`${place}.inputGradient`]: each(is.boolean),
});

export const nn2Room: Room = {
  createNN2: row(
    api.createNN2,
    () => [{
      inputSize: 28,
      embeddingSize: 4,
      normalization: "none",
      seed: 1,
    }],
    {
      "0.inputSize": is.optional(inputSize),
      "0.embeddingSize": is.optional(is.whole({ min: 1, max: 2 ** 16 }, {
        size: true,
      })),
      "0.normalization": is.optional(is.choice("none", "batch", "lrn")),
      "0.seed": seed,
    },
  ),
  networkEmbed: none,
  inputShape: row(api.inputShape, () => [28], { "0": inputSize }),
  nn2Rows: row(api.nn2Rows, () => [224], { "0": inputSize }),
  summarizeNN2: none,
  namedWeights: none,
  setNamedWeights: row(
    (weights: Record<string, tf.Tensor>) => {
      const layer = tf.layers.dense({ name: "d", units: 2, inputShape: [1] });
      const model = tf.sequential({ layers: [layer] });
      try {
        api.setNamedWeights(model, weights);
      } finally {
        model.dispose();
      }
    },
    () => [{ "d/kernel": tensor([[1, 2]]), "d/bias": tensor([3, 4]) }],
    { "0.d/kernel": { type: "tensor", rank: 2 }, "0.d/bias": perFilter },
  ),
  l2Pool: row(api.l2Pool, () => [ones(1, 4, 4, 1), 3, 2], {
    "0": images,
    "1": window,
    "2": step,
  }),
  L2Pooling: row(
    (config: { size: number; stride: number }) =>
      new api.L2Pooling(config).name,
    () => [{ size: 3, stride: 2 }],
    { "0.size": window, "0.stride": step },
  ),
  normalizedConv2d: row(
    api.normalizedConv2d,
    () => [ones(1, 3, 3, 1), weights(), convolution(), true],
    {
      "0": images,
      "1.kernel": { type: "tensor", rank: 4 },
      "1.bias": perFilter,
      "1.gamma": perFilter,
      "1.beta": perFilter,
      "1.movingMean": perFilter,
      "1.movingVariance": perFilter,
      ...ofConvolution(2, (kind) => kind),
      "3": is.boolean,
    },
  ),
  NormalizedConvolution: row(
    (config: api.NormalizedConvolutionConfig) =>
      new api.NormalizedConvolution(config).name,
    () => [{ filters: 2, kernelSize: 3, seed: 1, ...convolution() }],
    {
      "0.filters": window,
      "0.kernelSize": window,
      "0.seed": is.whole({ min: 1, max: most }),
      ...ofConvolution(0, is.optional),
    },
  ),
  LocalResponseNormalization: none,
  L2Normalization: none,
};
