import {
  localResponse,
} from "../../nn2/layers/local_response_normalization.ts";
import { l2PoolingEpsilon } from "../../nn2/layers/l2_pooling.ts";
import { leastSquaredLength } from "../../nn2/layers/l2_normalization.ts";
import { samePadding } from "../../nn2/layers/window.ts";
import type { GraphNode, WindowSettings } from "../../nn2/node.ts";
import type { OnnxAttribute, OnnxOperation } from "./model_proto.ts";

/** What a node becomes. */
export interface OnnxPart {
  operations: OnnxOperation[];
  /** The numbers that its operations are given, by name; not the weights. */
  constants: Record<string, number>;
}

/** An operation that is applied to the result of the one before. */
interface Step {
  type: string;
  /** What it takes besides: weights of the node, and constants. */
  others?: (string | number)[];
  attributes?: Record<string, OnnxAttribute>;
  /** Takes the node's input first, where that is not the result before. */
  first?: "input";
  /** Takes the result before twice. */
  twice?: boolean;
}

/**
 * The operations of ONNX that do what a node does, the last of which has its name.
 *
 * @param node One of the network's, not its input.
 * @param inputs The nodes that it is applied to.
 */
export function onnxOperations(
  node: GraphNode,
  inputs: readonly GraphNode[],
): OnnxPart {
  const constants: Record<string, number> = {};
  const sources = inputs.map(({ name }) => name);
  const steps = stepsOf(node, inputs[0]!);
  const operations: OnnxOperation[] = [];
  for (const [i, step] of steps.entries()) {
    const before = operations.at(-1)?.output;
    const others = (step.others ?? []).map((other) => {
      if (typeof other === "string") return `${node.name}/${other}`;
      const name = `${node.name}/constant_${i + 1}`;
      constants[name] = other;
      return name;
    });
    const taken = before === undefined ? sources : [before];
    operations.push({
      type: step.type,
      inputs: [
        ...(step.first === "input" ? sources : []),
        ...taken,
        ...(step.twice ? taken : []),
        ...others,
      ],
      output: i === steps.length - 1 ? node.name : `${node.name}/step_${i + 1}`,
      attributes: step.attributes ?? {},
    });
  }
  return { operations, constants };
}

function stepsOf(node: GraphNode, input: GraphNode): Step[] {
  switch (node.kind) {
    case "input":
      throw new Error("Cannot export a network: expected one input, got more");
    case "convolution":
      return [
        {
          type: "Conv",
          others: ["kernel", "bias"],
          attributes: windows(node, input),
        },
        ...(node.batchNormalization
          ? [{
            type: "BatchNormalization",
            others: ["gamma", "beta", "moving_mean", "moving_variance"],
            attributes: { epsilon: { float: node.batchNormalization.epsilon } },
          }]
          : []),
        { type: "Relu" },
      ];
    case "max pool":
      return [{ type: "MaxPool", attributes: windows(node, input) }];
    case "L2 pool":
      // Not LpPool: it has no ε, and with it onnxruntime 1.32 embeds a quarter as
      // many images a second. The mean counts the padding.
      return [
        { type: "Mul", twice: true },
        {
          type: "AveragePool",
          attributes: { ...windows(node, input), count_include_pad: 1 },
        },
        { type: "Mul", others: [node.size ** 2] },
        { type: "Add", others: [l2PoolingEpsilon] },
        { type: "Sqrt" },
      ];
    case "concatenation":
      return [{ type: "Concat", attributes: { axis: 1 } }];
    case "local response normalization": {
      const { size, alpha, beta, bias } = localResponse;
      const attributes = {
        size,
        // ONNX divides it by the size.
        alpha: { float: alpha * size },
        beta: { float: beta },
        bias: { float: bias },
      };
      return [{ type: "LRN", attributes }];
    }
    case "average pool":
      return [{ type: "GlobalAveragePool" }, { type: "Flatten" }];
    case "dense":
      return [{ type: "Gemm", others: ["kernel", "bias"] }];
    case "unit length":
      return [
        { type: "ReduceSumSquare", attributes: { axes: [1], keepdims: 1 } },
        { type: "Max", others: [leastSquaredLength] },
        { type: "Sqrt" },
        { type: "Div", first: "input" },
      ];
  }
}

/** Padding is written out, since `auto_pad` means another thing to some. */
function windows(
  { size, stride }: WindowSettings,
  { shape }: GraphNode,
): Record<string, OnnxAttribute> {
  const [height, width] = shape as [number, number];
  const [top, bottom] = samePadding(height, size, stride);
  const [left, right] = samePadding(width, size, stride);
  return {
    kernel_shape: [size, size],
    strides: [stride, stride],
    pads: [top, left, bottom, right],
  };
}
