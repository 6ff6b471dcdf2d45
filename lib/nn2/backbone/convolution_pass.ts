import type { TensorInfo, Variable } from "@tensorflow/tfjs";
import {
  convolveLayers,
  layerGradients,
  normalizationGradients,
  type NormalizedLayer,
} from "./convolutions.ts";
import type { Pass } from "./pass.ts";
import type { Workspace } from "./workspace.ts";

/**
 * Normalized convolutions of the same input; several must be 1×1 and of stride 1, and
 * have a gradient in it.
 */
export function convolutionPass(layers: readonly NormalizedLayer[]): Pass {
  return ([x], workspace) => {
    const normalized = convolveLayers(workspace, x!, layers);
    const outputs = normalized.map(([y]) => y);
    const kept = normalized.map(([, z, constants, ...moved], i) => {
      const { movingMean, movingVariance } = layers[i]!.variables;
      assign(workspace, movingMean, moved[0]);
      assign(workspace, movingVariance, moved[1]);
      return { z, constants };
    });
    return {
      outputs,
      needs: ["inputs"],
      recompute: (output) =>
        workspace.call("RecomputeNormalizedRelu", kept[output]!)[0]!,
      backward(dys, { inputOf, sumOf }) {
        const [x, sum] = [inputOf(0), sumOf(0)];
        const given = kept.map((held, i) => ({ dy: dys[i]!, ...held }));
        const gradients = normalizationGradients(workspace, given);
        const dzs = gradients.map(([dz]) => dz);
        const { dFilters, dx } = layerGradients(workspace, x, dzs, sum, layers);
        // What was added to a sum is there twice: as the sum and as the result.
        if (dx && sum) workspace.free(sum);
        // Each twice, since dz took the memory of dy, which this step alone reads; and
        // not earlier, since the gradients of the filters and of x are made from dz.
        [...dzs, ...dys].forEach(workspace.free);
        const weights = layers.flatMap(({ variables }, i) => {
          const { kernel, bias, gamma, beta } = variables;
          const [, dGamma, dBeta, zeros] = gradients[i]!;
          const [dBias] = zeros
            ? [zeros]
            : workspace.call("ZerosLike", { x: bias });
          return [
            [kernel, workspace.release(dFilters[i]!)],
            [bias, workspace.release(dBias!)],
            [gamma, workspace.release(dGamma)],
            [beta, workspace.release(dBeta)],
          ] as const;
        });
        return { inputs: [dx], weights };
      },
    };
  };
}

function assign(
  workspace: Workspace,
  variable: Variable,
  next: TensorInfo,
): void {
  const tensor = workspace.release(next);
  variable.assign(tensor);
  tensor.dispose();
}
