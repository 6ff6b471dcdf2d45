import * as tf from "@tensorflow/tfjs";
import { ChannelConcatenation } from "../concatenation.ts";
import { L2Pooling } from "../l2_pooling.ts";
import { NormalizedConvolution } from "../normalized_convolution.ts";
import { concatenationPass } from "./concatenation_pass.ts";
import type { LayerPass } from "./layer_pass.ts";
import { normalizedConvolutionPass } from "./normalized_convolution_pass.ts";
import { poolingPass } from "./pooling_pass.ts";

/** A layer of the trunk: which values it takes, and which one it gives. */
export interface TrunkLayer {
  inputs: readonly number[];
  output: number;
  pass: LayerPass;
}

/** The part of a network that is passed through by hand. */
export interface TrunkPlan {
  /**
   * Layers that need nothing of each other are one level. Value 0 is the images,
   * the last one what the trunk gives.
   */
  levels: readonly (readonly TrunkLayer[])[];
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
  const passes = layers.map(passOf);
  const end = passes.indexOf(undefined);
  const trunk = end < 0 ? layers : layers.slice(0, end);
  const head = layers.slice(trunk.length);
  if (trunk.length === 0 || !isSequence([trunk.at(-1)!, ...head])) {
    return undefined;
  }
  const numbers = new Map([images, ...trunk].map((layer, i) => [layer, i]));
  const depths = [0];
  const levels: TrunkLayer[][] = [];
  for (const [i, layer] of trunk.entries()) {
    const inputs = sourcesOf(layer).map((source) => numbers.get(source)!);
    const depth = 1 + Math.max(...inputs.map((input) => depths[input]!));
    depths.push(depth);
    (levels[depth - 1] ??= []).push({
      inputs,
      output: i + 1,
      pass: passes[i]!,
    });
  }
  // What leaves the trunk must be its last value alone.
  return levels.at(-1)!.length === 1
    ? { levels, values: numbers.size, head }
    : undefined;
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

/** How a layer is passed through, if it is one that the trunk knows. */
function passOf(layer: tf.layers.Layer): LayerPass | undefined {
  if (layer.inboundNodes.length !== 1) return undefined;
  if (layer instanceof NormalizedConvolution) {
    return normalizedConvolutionPass(layer.variables(), layer.options);
  }
  if (layer instanceof ChannelConcatenation) return concatenationPass;
  if (layer instanceof L2Pooling) {
    const { size, stride } = layer.getConfig() as Record<string, number>;
    const windows = { filterSize: size!, strides: stride!, pad: "same" };
    return poolingPass("L2Pool", windows);
  }
  if (layer.getClassName() === "MaxPooling2D") {
    const { poolSize, strides, padding, dataFormat } = layer
      .getConfig() as Record<string, number[] & string>;
    if (dataFormat !== "channelsLast") return undefined;
    const windows = { filterSize: poolSize!, strides: strides!, pad: padding! };
    return poolingPass("MaxPool", windows);
  }
  return undefined;
}
