import type * as tf from "@tensorflow/tfjs";
import type { NormalizedConvolution } from "../layers/normalized_convolution.ts";
import { type ModelNode, readModel } from "../read_model.ts";
import { concatenationPass } from "./concatenation_pass.ts";
import { convolutionPass } from "./convolution_pass.ts";
import type { Pass } from "./pass.ts";
import { poolingPass } from "./pooling_pass.ts";

/** A node of the backbone, or several that are passed through together. */
export interface Step {
  /** The names of the nodes whose activations it takes, and of those it gives. */
  inputs: readonly string[];
  outputs: readonly string[];
  pass: Pass;
}

/** The part of a network that is passed through by hand. */
export interface BackbonePlan {
  /** The names of the first activation and of the last one. */
  images: string;
  features: string;
  /** Each after those that it needs. */
  steps: readonly Step[];
  /** What comes after it, one layer after the other. */
  head: readonly tf.layers.Layer[];
}

/** The nodes that have a pass. */
type PassedNode = ModelNode & {
  kind: "convolution" | "max pool" | "L2 pool" | "concatenation";
};

/**
 * Divides a network into a backbone, all nodes up to the first one that is none of
 * NN2's normalized convolutions, pools and concatenations, and a head.
 *
 * @returns Nothing where there is no backbone, where one of its convolutions is
 * frozen, or where the head is not a simple sequence of layers that begins where the
 * backbone ends.
 */
export function planBackbone(model: tf.LayersModel): BackbonePlan | undefined {
  const [images, ...nodes] = readModel(model);
  if (images?.kind !== "input" || nodes.some(isFrozen)) return undefined;
  const end = nodes.findIndex((node) => !isPassed(node));
  const backbone = nodes.slice(0, end < 0 ? undefined : end).filter(isPassed);
  const head = nodes.slice(backbone.length);
  const last = backbone.at(-1);
  if (!last || !isSequence([last, ...head])) return undefined;
  // What leaves the backbone must be its last activation alone.
  const taken = new Set(backbone.flatMap(({ inputs }) => inputs));
  if (taken.size !== backbone.length) return undefined;
  return {
    images: images.name,
    features: last.name,
    steps: joinSiblings(backbone, images.name).map((nodes) => ({
      inputs: nodes[0]!.inputs,
      outputs: nodes.map(({ name }) => name),
      pass: passOf(nodes, images.name),
    })),
    head: head.map(({ layer }) => layer),
  };
}

function isFrozen({ kind, layer }: ModelNode): boolean {
  return kind === "convolution" && layer.trainableWeights.length === 0;
}

function isPassed(node: ModelNode): node is PassedNode {
  return node.kind === "convolution" || node.kind === "max pool" ||
    node.kind === "L2 pool" || node.kind === "concatenation";
}

function isSequence(nodes: readonly ModelNode[]): boolean {
  return nodes.slice(1).every(({ inputs }, i) =>
    inputs.length === 1 && inputs[0] === nodes[i]!.name
  );
}

/**
 * Nodes that are passed through together: 1×1 convolutions of one input that normalize
 * alike, as soon as the first of them. Together they go back to their input, which the
 * images' do not.
 */
function joinSiblings(
  nodes: readonly PassedNode[],
  images: string,
): PassedNode[][] {
  const key = (node: PassedNode) => {
    const isPointwise = node.kind === "convolution" && node.size === 1 &&
      node.stride === 1 && node.inputs[0] !== images;
    if (!isPointwise) return node;
    const { epsilon, momentum } = (node.layer as NormalizedConvolution).options;
    return [node.inputs[0], epsilon, momentum].join();
  };
  return [...Map.groupBy(nodes, key).values()];
}

/** How a node, or siblings, are passed through. */
function passOf(
  nodes: readonly PassedNode[],
  images: string,
): Pass {
  const [node] = nodes as [PassedNode];
  switch (node.kind) {
    case "concatenation":
      return concatenationPass;
    case "max pool":
      return poolingPass("MaxPool", node);
    case "L2 pool":
      return poolingPass("L2Pool", node);
  }
  return convolutionPass(nodes.map(({ layer, inputs }) => {
    const convolution = layer as NormalizedConvolution;
    const inputGradient = inputs[0] !== images;
    return {
      variables: convolution.variables(),
      options: { ...convolution.options, inputGradient },
    };
  }));
}
