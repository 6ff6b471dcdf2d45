import * as tf from "@tensorflow/tfjs";
import type { Random } from "../numeric/random.ts";
import { ChannelConcatenation } from "./layers/concatenation.ts";
import { heNormal } from "./layers/he_normal.ts";
import { L2Normalization } from "./layers/l2_normalization.ts";
import { L2Pooling } from "./layers/l2_pooling.ts";
import { LocalResponseNormalization } from "./layers/local_response_normalization.ts";
import { NormalizedConvolution } from "./layers/normalized_convolution.ts";
import type { GraphNode } from "./node.ts";

/**
 * Makes a model of a network's nodes, each a layer of the node's name. Kernels of
 * convolutions start as {@linkcode heNormal} has it, the dense layer's as Glorot has
 * it, biases at 0.
 *
 * @param nodes Each after those that it is applied to; the first is the input.
 * @param random Draws one seed for each convolution and dense layer.
 */
export function buildModel(
  name: string,
  nodes: readonly GraphNode[],
  random: Random,
): tf.LayersModel {
  const [images] = nodes as [GraphNode];
  const input = tf.input({ name: images.name, shape: [...images.shape] });
  const results = new Map([[images.name, input]]);
  for (const node of nodes.slice(1)) {
    const inputs = node.inputs.map((name) => results.get(name)!);
    // Nobody asks for a gradient in the images.
    const layer = createLayer(node, random, inputs[0] !== input);
    const result = layer.apply(inputs.length > 1 ? inputs : inputs[0]!);
    results.set(node.name, result as tf.SymbolicTensor);
  }
  const output = results.get(nodes.at(-1)!.name)!;
  return tf.model({ name, inputs: input, outputs: output });
}

function createLayer(
  node: GraphNode,
  random: Random,
  inputGradient: boolean,
): tf.layers.Layer {
  const { name } = node;
  switch (node.kind) {
    case "input":
      throw new Error("Cannot build a model: expected one input, got more");
    case "convolution": {
      const { filters, size, stride, batchNormalization } = node;
      const seed = layerSeed(random);
      const common = { name, filters, kernelSize: size, strides: stride };
      return batchNormalization
        ? new NormalizedConvolution({
          ...common,
          ...batchNormalization,
          seed,
          inputGradient,
        })
        : tf.layers.conv2d({
          ...common,
          padding: "same",
          activation: "relu",
          kernelInitializer: heNormal(seed),
        });
    }
    case "max pool": {
      const { size: poolSize, stride: strides } = node;
      const padding = "same";
      return tf.layers.maxPooling2d({ name, poolSize, strides, padding });
    }
    case "L2 pool":
      return new L2Pooling({ name, size: node.size, stride: node.stride });
    case "concatenation":
      return new ChannelConcatenation({ name });
    case "local response normalization":
      return new LocalResponseNormalization({ name });
    case "average pool":
      return tf.layers.globalAveragePooling2d({ name });
    case "dense": {
      const seed = layerSeed(random);
      const kernelInitializer = tf.initializers.glorotUniform({ seed });
      return tf.layers.dense({ name, units: node.units, kernelInitializer });
    }
    case "unit length":
      return new L2Normalization({ name });
  }
}

/** A seed for one of tfjs's initializers: never 0, which they take for no seed. */
export function layerSeed(random: Random): number {
  return 1 + random.integer(2 ** 31 - 1);
}
