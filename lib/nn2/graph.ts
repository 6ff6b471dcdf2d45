import { batchNormalizationDefaults } from "./layers/normalized_conv2d_options.ts";
import { createNode, type GraphNode, type NodeOperation } from "./node.ts";
import type { InceptionRow, Row } from "./table.ts";

/** What settings and options are checked against. */
export const normalizations = {
  type: "choice",
  of: ["none", "batch", "lrn"],
} as const;

/**
 * What keeps the activations in range: "none"; "batch" normalization after each
 * convolution; or "lrn", the paper's local response normalization at its two
 * "norm" rows.
 */
export type Normalization = typeof normalizations.of[number];

/** Taken as they are: who calls has checked them. */
export interface GraphOptions {
  /** `[height, width, channels]` of an image. */
  imageShape: readonly number[];
  embeddingSize: number;
  normalization: Normalization;
}

/** Appends a node to a graph. */
type Append = (
  name: string,
  operation: NodeOperation,
  ...inputs: GraphNode[]
) => GraphNode;

/**
 * A table such as NN2 as the list of its operations, each after those that it is
 * applied to: the images first, the embedding last. Models are made from it;
 * `readModel` gives a model's nodes to the backbone and the summary.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { NN2 } from "./table.ts";
 *
 * const nodes = nn2Graph(NN2, {
 *   imageShape: [224, 224, 3],
 *   embeddingSize: 4,
 *   normalization: "none",
 * });
 * assert.deepEqual(nodes[1]!.inputs, ["images"]);
 * assert.deepEqual(nodes[1]!.shape, [112, 112, 64]);
 * assert.deepEqual(nodes.at(-1)!.shape, [4]);
 * ```
 */
export function nn2Graph(
  rows: readonly Row[],
  { imageShape: shape, embeddingSize, normalization }: GraphOptions,
): GraphNode[] {
  const images = { kind: "input", name: "images", inputs: [], shape } as const;
  const nodes: GraphNode[] = [images];
  const batchNormalization = normalization === "batch" &&
    { batchNormalization: batchNormalizationDefaults };
  const append: Append = (name, operation, ...inputs) => {
    const normalized = operation.kind === "convolution"
      ? { ...operation, ...batchNormalization }
      : operation;
    const node = createNode(name, normalized, inputs);
    nodes.push(node);
    return node;
  };
  for (const row of rows) {
    const { type, name } = row;
    const input = nodes.at(-1)!;
    if (type === "inception") {
      inception(row, input, append);
    } else if (type === "convolution") {
      append(name, convolution(row.filters, row.size, row.stride), input);
    } else if (type === "max pool") {
      const { size, stride } = row;
      append(name, { kind: type, size, stride }, input);
    } else if (type === "average pool") {
      append(name, { kind: type }, input);
    } else if (type === "dense") {
      const dense = append(name, { kind: type, units: embeddingSize }, input);
      append(`${name}_unit_length`, { kind: "unit length" }, dense);
    } else if (normalization === "lrn") {
      append(name, { kind: "local response normalization" }, input);
    }
  }
  return nodes;
}

function convolution(filters: number, size = 1, stride = 1): NodeOperation {
  return { kind: "convolution", size, stride, filters };
}

/**
 * Appends up to four branches that see the same input, and puts their channels one
 * after the other in the order 1×1, 3×3, 5×5, pool.
 *
 * Nodes are named after the row and the branch (`inception_3a_3x3_reduce`), the
 * joint of the branches after the row alone.
 *
 * Source: Szegedy and others, "Going deeper with convolutions", arXiv 1409.4842,
 * figure 2b.
 */
function inception(
  { name, stride = 1, ...row }: InceptionRow,
  input: GraphNode,
  append: Append,
): void {
  const branches: GraphNode[] = [];
  if (row["1x1"]) {
    branches.push(append(`${name}_1x1`, convolution(row["1x1"]), input));
  }
  for (const [size, widths] of [[3, row["3x3"]], [5, row["5x5"]]] as const) {
    if (!widths) continue;
    const [reduce, filters] = widths;
    const branch = `${name}_${size}x${size}`;
    const reduced = append(`${branch}_reduce`, convolution(reduce), input);
    const convolved = convolution(filters, size, stride);
    branches.push(append(branch, convolved, reduced));
  }
  if (row.pool) {
    const [kind, projection] = row.pool;
    const windows = { kind: `${kind} pool`, size: 3, stride } as const;
    const pooled = append(`${name}_pool`, windows, input);
    branches.push(
      projection === undefined
        ? pooled
        : append(`${name}_pool_projection`, convolution(projection), pooled),
    );
  }
  if (branches.length > 1) {
    append(name, { kind: "concatenation" }, ...branches);
  }
}
