import * as tf from "@tensorflow/tfjs";
import {
  type BatchMoments,
  type BatchSums,
  combineMoments,
  combineSums,
  packMoments,
  packSums,
} from "../../backends/wasm/batch_moments.ts";
import type {
  NormalizedConv2dOptions,
  NormalizedWeights,
} from "../normalized_conv2d_passes.ts";
import type { Gradients, Halfway, LayerPass } from "./layer_pass.ts";
import type { Memory, Value } from "./memory.ts";

/** The weights, all of them variables. */
export type NormalizedVariables = Record<keyof NormalizedWeights, tf.Variable>;

/** What the layer keeps for its backward pass. */
interface Kept {
  x: Value;
  z: Value;
  constants: Value;
}

/** A normalized convolution, as `normalizedConv2d` has it in training. */
export function normalizedConvolutionPass(
  variables: NormalizedVariables,
  options: NormalizedConv2dOptions,
): LayerPass {
  const { kernel: filter, movingMean, movingVariance, ...others } = variables;
  const { strides } = options;
  return ([x], memory) => {
    let moments!: BatchMoments;
    const take = (taken: BatchMoments) => void (moments = taken);
    const [z] = memory.call("Conv2DMoments", { x: x!, filter }, {
      strides,
      take,
    });
    return {
      given: packMoments(moments),
      finish(parts) {
        const [y, constants, ...moved] = memory.call(
          "NormalizedRelu",
          { z: z!, ...others, movingMean, movingVariance },
          { ...options, moments: combineMoments(parts) },
        );
        [movingMean, movingVariance].forEach((variable, i) => {
          const next = memory.release(moved[i]!);
          variable.assign(next);
          next.dispose();
        });
        const kept = { x: x!, z: z!, constants: constants! };
        return {
          output: y!,
          keeps: [x!],
          backward: (dy, sumOf) =>
            backward(variables, options, memory, kept, dy, () => sumOf(0)),
        };
      },
    };
  };
}

function backward(
  { kernel, bias, gamma, beta }: NormalizedVariables,
  { strides, inputGradient }: NormalizedConv2dOptions,
  memory: Memory,
  { x, z, constants }: Kept,
  dy: Value,
  sumOfInput: () => Value | undefined,
): Halfway<Gradients> {
  let own!: BatchSums;
  const take = (taken: BatchSums) => void (own = taken);
  memory.call("NormalizationSums", { dy, z, constants }, { take });
  const geometry = { strides, pad: "same", dataFormat: "NHWC" };
  return {
    given: packSums(own),
    finish(parts) {
      const batch = combineSums(parts, own.sums.length);
      const [dz, dGamma, dBeta] = memory.call(
        "NormalizationSlopes",
        { dy, z, constants },
        { own, batch, inPlace: true },
      ) as [Value, Value, Value];
      memory.free(z);
      memory.free(constants);
      const [dKernel] = memory.call("Conv2DBackpropFilter", { x, dy: dz }, {
        ...geometry,
        filterShape: kernel.shape,
      });
      const [dBias] = memory.call("ZerosLike", { x: bias });
      const sum = sumOfInput();
      const [dx] = !inputGradient ? [] : memory.call(
        "Conv2DBackpropInput",
        { dy: dz, filter: kernel, ...(sum && { sum }) },
        { ...geometry, inputShape: x.shape },
      );
      // It is there twice now, as what was given and as what came of it.
      if (sum && dx) memory.free(sum);
      // And so is dy, whose memory dz took.
      memory.free(dz);
      memory.free(dy);
      return {
        inputs: [dx],
        weights: [
          [kernel, dKernel!],
          [bias, dBias!],
          [gamma, dGamma],
          [beta, dBeta],
        ],
      };
    },
  };
}
