import type * as tf from "@tensorflow/tfjs";
import { ChannelConcatenation } from "./layers/concatenation.ts";
import { L2Pooling } from "./layers/l2_pooling.ts";
import {
  NormalizedConvolution,
  type NormalizedConvolutionConfig,
} from "./layers/normalized_convolution.ts";
import type {
  GraphNode,
  NodeOperation,
  WindowSettings,
  Wiring,
} from "./node.ts";

/** A node of a model and its layer; "other" is what the backbone has no pass for. */
export type ModelNode =
  & (GraphNode | ({ readonly kind: "other" } & Wiring))
  & { readonly layer: tf.layers.Layer };

/**
 * The nodes of a model, in the order of its layers. This is the one place where
 * layers are told apart: nodes are not kept beside a model, so that those that were
 * loaded, or that others put together, have them too.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 * import { createNN2 } from "./model.ts";
 *
 * await tf.setBackend("cpu");
 * const [images, conv1] = readModel(createNN2({ embeddingSize: 4, seed: 1 }));
 * assert.deepEqual(images?.shape, [28, 28, 1]);
 * assert.ok(conv1?.kind === "convolution" && conv1.size === 7);
 * ```
 */
export function readModel(model: tf.LayersModel): ModelNode[] {
  return model.layers.map((layer) => {
    const { name, inboundNodes } = layer;
    const sources = inboundNodes.flatMap((node) => node.inboundLayers);
    // A layer that is applied more than once is none of NN2's.
    const operation = inboundNodes.length === 1
      ? operationOf(layer, sources)
      : undefined;
    return {
      ...(operation ?? { kind: "other" }),
      name,
      inputs: sources.map(({ name }) => name),
      shape: inboundNodes[0]!.outputTensors[0]!.shape.slice(1),
      layer,
    };
  });
}

/** What a layer does, if the backbone can do it. */
function operationOf(
  layer: tf.layers.Layer,
  sources: readonly tf.layers.Layer[],
): NodeOperation | undefined {
  if (isInput(layer)) return { kind: "input" };
  if (layer instanceof ChannelConcatenation) return { kind: "concatenation" };
  if (layer instanceof L2Pooling) {
    const { size, stride } = layer
      .getConfig() as tf.serialization.ConfigDict & WindowSettings;
    return { kind: "L2 pool", size, stride };
  }
  if (layer instanceof NormalizedConvolution) {
    const { kernelSize: size, strides: stride, filters, ...others } = layer
      .getConfig() as Required<NormalizedConvolutionConfig>;
    const { epsilon, momentum, inputGradient } = others;
    // The backbone stops gradients at the images alone.
    if (!inputGradient && !sources.every(isInput)) return undefined;
    const batchNormalization = { epsilon, momentum };
    return { kind: "convolution", size, stride, filters, batchNormalization };
  }
  if (layer.getClassName() !== "MaxPooling2D") return undefined;
  const { poolSize, strides, padding, dataFormat } = layer.getConfig();
  const [[size, width], [stride, across]] = [poolSize, strides] as [
    number[],
    number[],
  ];
  const isSquare = size === width && stride === across;
  return padding === "same" && dataFormat === "channelsLast" && isSquare
    ? { kind: "max pool", size: size!, stride: stride! }
    : undefined;
}

function isInput(layer: tf.layers.Layer): boolean {
  return layer.getClassName() === "InputLayer";
}
