import type { batchNormalizationDefaults } from "./layers/normalized_conv2d_options.ts";
import { windowedShape } from "./layers/window.ts";

/** Windows that move over an image, with "same" padding. */
export interface WindowSettings {
  /** Height and width of a window. */
  readonly size: number;
  /** Step between windows. */
  readonly stride: number;
}

/**
 * What a node of a network does. A convolution has a bias, batch normalization where
 * that is given, and a ReLU.
 */
export type NodeOperation =
  | { readonly kind: "input" }
  | WindowSettings & {
    readonly kind: "convolution";
    readonly filters: number;
    readonly batchNormalization?: typeof batchNormalizationDefaults;
  }
  | WindowSettings & { readonly kind: "max pool" | "L2 pool" }
  | { readonly kind: "concatenation" }
  | { readonly kind: "local response normalization" }
  | { readonly kind: "average pool" }
  | { readonly kind: "dense"; readonly units: number }
  | { readonly kind: "unit length" };

/** What a node is called and applied to, and the shape of its result. */
export interface Wiring {
  readonly name: string;
  /** The names of the nodes whose results it takes. */
  readonly inputs: readonly string[];
  /** `[height, width, channels]` or `[size]`; null where a model takes any. */
  readonly shape: readonly (number | null)[];
}

/** A node of a network. */
export type GraphNode = NodeOperation & Wiring;

/** Makes a node that is applied to others, from whose shapes its own follows. */
export function createNode(
  name: string,
  operation: NodeOperation,
  inputs: readonly GraphNode[],
): GraphNode {
  const shape = outputShape(operation, inputs.map(({ shape }) => shape));
  return { ...operation, name, inputs: inputs.map(({ name }) => name), shape };
}

function outputShape(
  operation: NodeOperation,
  inputs: readonly Wiring["shape"][],
): Wiring["shape"] {
  const [input] = inputs as [Wiring["shape"]];
  switch (operation.kind) {
    case "convolution":
      return windowedShape(input, operation.stride, operation.filters);
    case "max pool":
    case "L2 pool":
      return windowedShape(input, operation.stride);
    case "concatenation":
      return input.with(-1, inputs.reduce((sum, own) => sum + own.at(-1)!, 0));
    case "average pool":
      return input.slice(-1);
    case "dense":
      return [operation.units];
    default:
      return input;
  }
}
