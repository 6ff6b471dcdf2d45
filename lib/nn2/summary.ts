import type * as tf from "@tensorflow/tfjs";
import { type ModelNode, readModel } from "./read_model.ts";
import { NN2 } from "./table.ts";

/** One module of a network in numbers. */
export interface ModuleSummary {
  /** The row's name in {@linkcode NN2}. */
  name: string;
  /** `[height, width, channels]`, or `[size]` of the embedding. */
  outputShape: number[];
  /** Numbers that training changes. */
  parameters: number;
  /** Multiplications with an addition for one image, forward; a bias counts as one. */
  multiplyAdds: number;
}

/**
 * Counts, module by module, what a network made by `createNN2` holds and does:
 * the right half of the paper's Table 2.
 *
 * Multiply-adds are those of the convolutions and the dense layer; pooling and
 * normalization are left out, as in the paper.
 *
 * @example The embedding at 4 numbers
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 * import { createNN2 } from "./model.ts";
 *
 * await tf.setBackend("cpu");
 * const modules = summarizeNN2(createNN2({ embeddingSize: 4, seed: 0 }));
 * assert.deepEqual(modules.at(-1), {
 *   name: "embedding",
 *   outputShape: [4],
 *   parameters: 1024 * 4 + 4,
 *   multiplyAdds: 1024 * 4 + 4,
 * });
 * ```
 */
export function summarizeNN2(model: tf.LayersModel): ModuleSummary[] {
  const nodes = readModel(model);
  return NN2.flatMap(({ name }) => {
    const module = nodes.filter((node) =>
      node.name === name || node.name.startsWith(`${name}_`)
    );
    // The "norm" rows are nodes with local response normalization only.
    if (module.length === 0) return [];
    const trained = module.flatMap(({ layer }) => layer.trainableWeights);
    return {
      name,
      outputShape: module.at(-1)!.shape as number[],
      parameters: sum(trained.map(({ shape }) => size(shape))),
      multiplyAdds: sum(module.map(multiplyAdds)),
    };
  });
}

/** Each weight of a convolution or a dense layer is used once per position. */
function multiplyAdds({ shape, layer }: ModelNode): number {
  const multiplied = layer.weights.filter(({ originalName }) =>
    /\/(kernel|bias)$/.test(originalName)
  );
  return size(shape.slice(0, -1)) *
    sum(multiplied.map(({ shape }) => size(shape)));
}

function size(shape: ModelNode["shape"]): number {
  return shape.reduce<number>((product, length) => product * length!, 1);
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
