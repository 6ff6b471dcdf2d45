import * as tf from "@tensorflow/tfjs";
import { refuse } from "../../numeric/refuse.ts";
import { L2Normalization } from "../../nn2/layers/l2_normalization.ts";
import { l2Pool } from "../../nn2/layers/l2_pooling.ts";
import { LocalResponseNormalization } from "../../nn2/layers/local_response_normalization.ts";
import type { GraphNode } from "../../nn2/node.ts";

/**
 * Applies a network to images by its nodes and weights alone, for inference: no model is
 * made, so no weights are drawn first, which would take a page half a second.
 *
 * @param nodes As `nn2Graph` lists them, without batch normalization:
 * {@linkcode foldBatchNormalization} folds it.
 * @param weights By name, such as `conv1/kernel` and `conv1/bias`; stay the caller's.
 * @param images `[batch, size, size, channels]`, values from 0 to 1.
 * @returns `[batch, n]`, rows of length 1; the caller disposes it.
 * @throws {RangeError} If a weight is missing, or a node has batch normalization.
 */
export function applyNetwork(
  nodes: readonly GraphNode[],
  weights: Readonly<Record<string, tf.Tensor>>,
  images: tf.Tensor4D,
): tf.Tensor2D {
  return tf.tidy(() => {
    const results = new Map<string, tf.Tensor>();
    for (const node of nodes) {
      const inputs = node.inputs.map((name) => results.get(name)!);
      const take = (kind: string) => {
        const name = `${node.name}/${kind}`;
        return weights[name] ?? refuse("apply a network", name, "none");
      };
      results.set(
        node.name,
        node.kind === "input" ? images : applyNode(node, inputs, take),
      );
    }
    return results.get(nodes.at(-1)!.name) as tf.Tensor2D;
  });
}

function applyNode(
  node: GraphNode,
  inputs: tf.Tensor[],
  take: (kind: string) => tf.Tensor,
): tf.Tensor {
  const [x] = inputs as [tf.Tensor4D];
  switch (node.kind) {
    case "input":
      return x;
    case "convolution":
      if (node.batchNormalization) {
        refuse("apply a network", "batch normalization to be folded", "it");
      }
      return tf.fused.conv2d({
        x,
        filter: take("kernel") as tf.Tensor4D,
        bias: take("bias"),
        strides: node.stride,
        pad: "same",
        activation: "relu",
      });
    case "max pool":
      return tf.maxPool(x, node.size, node.stride, "same");
    case "L2 pool":
      return l2Pool(x, node.size, node.stride);
    case "concatenation":
      return tf.concat(inputs, 3);
    case "local response normalization":
      return new LocalResponseNormalization({}).call(x);
    case "average pool":
      return tf.mean(x, [1, 2]);
    case "dense":
      return tf.add(
        tf.matMul(x as tf.Tensor, take("kernel") as tf.Tensor2D),
        take("bias"),
      );
    case "unit length":
      return new L2Normalization({}).call(x);
  }
}
