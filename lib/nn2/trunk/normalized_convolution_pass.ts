import type * as tf from "@tensorflow/tfjs";
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
import { convolutionsOf } from "./convolutions.ts";
import { joinArrays, splitArray } from "./joined_arrays.ts";
import type { Gradients, Halfway, LayerPass } from "./layer_pass.ts";
import type { Memory, Value } from "./memory.ts";

/** A normalized convolution, as `normalizedConv2d` has it in training. */
export interface NormalizedLayer {
  variables: Record<keyof NormalizedWeights, tf.Variable>;
  options: NormalizedConv2dOptions;
}

/** What is kept of a convolution for its backward pass. */
interface Kept extends NormalizedLayer {
  z: Value;
  constants: Value;
}

/**
 * Normalized convolutions of the same input; several must be 1×1 and of stride 1.
 */
export function normalizedConvolutionPass(
  layers: readonly NormalizedLayer[],
): LayerPass {
  const { convolve } = convolutionsOf(layers);
  return ([x], memory) => {
    const { zs, moments } = convolve(memory, x!);
    const given = moments.map(packMoments);
    return {
      given: joinArrays(given),
      finish(parts) {
        const partsOf = splitAll(parts, given);
        const normalized = layers.map((layer, i) =>
          normalize(memory, layer, zs[i]!, combineMoments(partsOf(i)))
        );
        const kept = layers.map((layer, i) => ({
          ...layer,
          z: zs[i]!,
          constants: normalized[i]!.constants,
        }));
        return {
          outputs: normalized.map(({ y }) => y),
          keeps: [x!],
          backward: (dys, sumOf) =>
            backward(memory, x!, kept, dys, () => sumOf(0)),
        };
      },
    };
  };
}

/** The normalization and its ReLU; the moving statistics move. */
function normalize(
  memory: Memory,
  { variables, options }: NormalizedLayer,
  z: Value,
  moments: BatchMoments,
): { y: Value; constants: Value } {
  const { kernel: _, ...weights } = variables;
  const attributes = { ...options, moments };
  const [y, constants, ...moved] = memory.call(
    "NormalizedRelu",
    { z, ...weights },
    attributes,
  );
  const { movingMean, movingVariance } = weights;
  [movingMean, movingVariance].forEach((variable, i) => {
    const next = memory.release(moved[i]!);
    variable.assign(next);
    next.dispose();
  });
  return { y: y!, constants: constants! };
}

function backward(
  memory: Memory,
  x: Value,
  kept: readonly Kept[],
  dys: readonly Value[],
  sumOfInput: () => Value | undefined,
): Halfway<Gradients> {
  const own = kept.map(({ z, constants }, i) => {
    let sums!: BatchSums;
    const take = (taken: BatchSums) => void (sums = taken);
    const inputs = { dy: dys[i]!, z, constants };
    memory.call("NormalizationSums", inputs, { take });
    return sums;
  });
  const given = own.map(packSums);
  const { filterGradients, inputGradient } = convolutionsOf(kept);
  return {
    given: joinArrays(given),
    finish(parts) {
      const partsOf = splitAll(parts, given);
      const slopes = kept.map(({ z, constants }, i) => {
        const batch = combineSums(partsOf(i), own[i]!.sums.length);
        const [dz, dGamma, dBeta] = memory.call(
          "NormalizationSlopes",
          { dy: dys[i]!, z, constants },
          { own: own[i], batch, inPlace: true },
        ) as [Value, Value, Value];
        memory.free(z);
        memory.free(constants);
        return { dz, dGamma, dBeta };
      });
      const dzs = slopes.map(({ dz }) => dz);
      return {
        inputs: [inputGradient(memory, x, dzs, sumOfInput())],
        weights: {
          call: filterGradients(x, dzs),
          finish(dKernels) {
            // Each twice, since dz took the memory of dy.
            [...dzs, ...dys].forEach(memory.free);
            return kept.flatMap(({ variables }, i) => {
              const { kernel, bias, gamma, beta } = variables;
              const { dGamma, dBeta } = slopes[i]!;
              const [dBias] = memory.call("ZerosLike", { x: bias });
              return [
                [kernel, dKernels[i]!],
                [bias, memory.release(dBias!)],
                [gamma, memory.release(dGamma)],
                [beta, memory.release(dBeta)],
              ] as const;
            });
          },
        },
      };
    },
  };
}

/** What each part gave for the i-th layer. */
function splitAll(
  parts: readonly Float64Array[],
  like: readonly Float64Array[],
): (i: number) => Float64Array[] {
  const split = parts.map((part) => splitArray(part, like));
  return (i) => split.map((arrays) => arrays[i]!);
}
