import type * as tf from "@tensorflow/tfjs";
import { convolutionsOf, type NormalizedLayer } from "./convolutions.ts";
import type { Gradients, LayerPass } from "./layer_pass.ts";
import type { Memory, Value } from "./memory.ts";

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
  const { forward } = convolutionsOf(layers);
  return ([x], memory) => {
    const normalized = forward(memory, x!);
    normalized.forEach(({ moved: [mean, variance] }, i) => {
      const { movingMean, movingVariance } = layers[i]!.variables;
      assign(memory, movingMean, mean!);
      assign(memory, movingVariance, variance!);
    });
    const kept = layers.map((layer, i) => ({
      ...layer,
      z: normalized[i]!.z,
      constants: normalized[i]!.constants,
    }));
    return {
      outputs: normalized.map(({ y }) => y),
      needs: ["inputs"],
      again: (output) =>
        memory.call("NormalizedReluAgain", {
          z: kept[output]!.z,
          constants: kept[output]!.constants,
        })[0]!,
      backward: (dys, { inputOf, sumOf }) =>
        backward(memory, inputOf(0), kept, dys, sumOf(0)),
    };
  };
}

function assign(memory: Memory, variable: tf.Variable, next: Value): void {
  const tensor = memory.release(next);
  variable.assign(tensor);
  tensor.dispose();
}

function backward(
  memory: Memory,
  x: Value,
  kept: readonly Kept[],
  dys: readonly Value[],
  sum: Value | undefined,
): Gradients {
  const { filterGradients, inputGradient } = convolutionsOf(kept);
  const slopes = kept.map(({ z, constants }, i) => {
    const [dz, dGamma, dBeta] = memory.call(
      "NormalizationGrad",
      { dy: dys[i]!, z, constants },
      { inPlace: true },
    ) as [Value, Value, Value];
    memory.free(z);
    memory.free(constants);
    return { dz, dGamma, dBeta };
  });
  const dzs = slopes.map(({ dz }) => dz);
  const dKernels = filterGradients(memory, x, dzs);
  const dx = inputGradient(memory, x, dzs, sum);
  // Each twice, since dz took the memory of dy.
  [...dzs, ...dys].forEach(memory.free);
  return {
    inputs: [dx],
    weights: kept.flatMap(({ variables }, i) => {
      const { kernel, bias, gamma, beta } = variables;
      const { dGamma, dBeta } = slopes[i]!;
      const [dBias] = memory.call("ZerosLike", { x: bias });
      return [
        [kernel, memory.release(dKernels[i]!)],
        [bias, memory.release(dBias!)],
        [gamma, memory.release(dGamma)],
        [beta, memory.release(dBeta)],
      ] as const;
    }),
  };
}
