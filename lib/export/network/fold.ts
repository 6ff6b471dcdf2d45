import type { StoredTensor } from "../../files/safetensors.ts";
import type { GraphNode } from "../../nn2/node.ts";

/** A network's nodes, and its weights by name as `namedWeights` lists them. */
export interface NetworkParts {
  nodes: readonly GraphNode[];
  weights: Readonly<Record<string, StoredTensor>>;
}

/**
 * Folds batch normalization into the convolutions before it. With s = γ / √(variance + ε),
 * filters times s and a bias of (bias − mean) · s + β give the same results.
 *
 * @returns Nodes without batch normalization, and their weights; what has none stays
 * as it is.
 */
export function foldBatchNormalization(
  { nodes, weights }: NetworkParts,
): NetworkParts {
  const folded = { ...weights };
  const left = nodes.map((node) => {
    if (node.kind !== "convolution" || !node.batchNormalization) return node;
    const { batchNormalization: { epsilon }, ...convolution } = node;
    const take = (kind: string) => {
      const name = `${node.name}/${kind}`;
      const { data } = weights[name]!;
      if (kind !== "kernel" && kind !== "bias") delete folded[name];
      return data;
    };
    const { shape } = weights[`${node.name}/kernel`]!;
    const [kernel, bias, beta, mean] = [
      take("kernel"),
      take("bias"),
      take("beta"),
      take("moving_mean"),
    ];
    const gamma = take("gamma");
    const scales = Array.from(
      take("moving_variance"),
      (variance, i) => gamma[i]! / Math.sqrt(variance + epsilon),
    );
    // Filters are a kernel's last axis.
    folded[`${node.name}/kernel`] = {
      shape,
      data: kernel.map((value, i) => value * scales[i % scales.length]!),
    };
    folded[`${node.name}/bias`] = {
      shape: [scales.length],
      data: bias.map((value, i) => (value - mean[i]!) * scales[i]! + beta[i]!),
    };
    return convolution;
  });
  return { nodes: left, weights: folded };
}
