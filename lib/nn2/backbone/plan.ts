import type * as tf from "@tensorflow/tfjs";
import { ChannelConcatenation } from "../layers/concatenation.ts";
import { L2Pooling } from "../layers/l2_pooling.ts";
import { NormalizedConvolution } from "../layers/normalized_convolution.ts";
import { concatenationPass } from "./concatenation_pass.ts";
import type { LayerPass } from "./layer_pass.ts";
import { normalizedConvolutionPass } from "./normalized_convolution_pass.ts";
import { poolingPass } from "./pooling_pass.ts";

/** A layer of the trunk, or several: which values it takes and gives. */
export interface TrunkLayer {
  inputs: readonly number[];
  outputs: readonly number[];
  pass: LayerPass;
}

/** The part of a network that is passed through by hand. */
export interface TrunkPlan {
  /** Each after those that it needs. */
  layers: readonly TrunkLayer[];
  /** How many: value 0 is the images, the last one what the trunk gives. */
  values: number;
  /** What comes after it, one layer after the other. */
  head: readonly tf.layers.Layer[];
}

/**
 * Divides a network into a trunk, all layers up to the first one that is none of
 * NN2's convolutions, pools and concatenations, and a head.
 *
 * @returns Nothing where there is no trunk, or where the head is not a simple
 * sequence of layers that begins where the trunk ends.
 */
export function planTrunk(model: tf.LayersModel): TrunkPlan | undefined {
  const [images, ...layers] = model.layers;
  if (images?.getClassName() !== "InputLayer") return undefined;
  const end = layers.findIndex((layer) => !isKnown(layer));
  const trunk = end < 0 ? layers : layers.slice(0, end);
  const head = layers.slice(trunk.length);
  if (trunk.length === 0 || !isSequence([trunk.at(-1)!, ...head])) {
    return undefined;
  }
  const numbers = new Map([images, ...trunk].map((layer, i) => [layer, i]));
  const inputsOf = (layer: tf.layers.Layer) =>
    sourcesOf(layer).map((source) => numbers.get(source)!);
  const planned = joinSiblings(trunk).map((layers): TrunkLayer => ({
    inputs: inputsOf(layers[0]!),
    outputs: layers.map((layer) => numbers.get(layer)!),
    pass: passOf(layers),
  }));
  // What leaves the trunk must be its last value alone.
  const taken = new Set(planned.flatMap(({ inputs }) => inputs));
  return taken.size === trunk.length
    ? { layers: planned, values: numbers.size, head }
    : undefined;
}

/**
 * Layers that are passed through together: 1×1 convolutions of one input, as soon
 * as the first of them.
 */
function joinSiblings(layers: readonly tf.layers.Layer[]): tf.layers.Layer[][] {
  const key = (layer: tf.layers.Layer) =>
    layer instanceof NormalizedConvolution && layer.isPointwise
      ? sourcesOf(layer)[0]!
      : { alone: layer };
  return [...Map.groupBy(layers, key).values()];
}

/** The layers whose outputs a layer takes. */
function sourcesOf(layer: tf.layers.Layer): tf.layers.Layer[] {
  return layer.inboundNodes.flatMap(({ inboundLayers }) => inboundLayers);
}

function isSequence(layers: readonly tf.layers.Layer[]): boolean {
  return layers.slice(1).every((layer, i) => {
    const sources = sourcesOf(layer);
    return sources.length === 1 && sources[0] === layers[i];
  });
}

function isKnown(layer: tf.layers.Layer): boolean {
  return layer.inboundNodes.length === 1 && (
    layer instanceof NormalizedConvolution ||
    layer instanceof ChannelConcatenation ||
    layer instanceof L2Pooling ||
    isMaxPool(layer)
  );
}

function isMaxPool(layer: tf.layers.Layer): boolean {
  return layer.getClassName() === "MaxPooling2D" &&
    layer.getConfig().dataFormat === "channelsLast";
}

/** How a known layer, or siblings, are passed through. */
function passOf(layers: readonly tf.layers.Layer[]): LayerPass {
  const [layer] = layers as [tf.layers.Layer];
  if (layer instanceof ChannelConcatenation) return concatenationPass;
  if (layer instanceof L2Pooling) {
    const { size, stride } = layer.getConfig() as Record<string, number>;
    const windows = { filterSize: size!, strides: stride!, pad: "same" };
    return poolingPass("L2Pool", windows);
  }
  if (isMaxPool(layer)) {
    const { poolSize, strides, padding } = layer.getConfig();
    return poolingPass("MaxPool", {
      filterSize: poolSize as number[],
      strides: strides as number[],
      pad: padding as string,
    });
  }
  return normalizedConvolutionPass(
    (layers as NormalizedConvolution[]).map((layer) => ({
      variables: layer.variables(),
      options: layer.options,
    })),
  );
}
