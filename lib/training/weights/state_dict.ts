import { permuted } from "../../files/permute.ts";
import type { StoredTensor } from "../../files/safetensors.ts";

/** What the metadata of a file in PyTorch's names and layouts say. */
export const stateDictLayout = "nn2.py";

/** The names of a layer's weights here, and in PyTorch. */
const kinds = [
  ["kernel", "weight"],
  ["bias", "bias"],
  ["gamma", "norm.weight"],
  ["beta", "norm.bias"],
  ["moving_mean", "norm.running_mean"],
  ["moving_variance", "norm.running_var"],
] as const;

/**
 * A network's weights by the names and in the layouts of PyTorch, as the `state_dict`
 * of the export's `nn2.py`: `inception_3a_1x1/kernel` becomes
 * `inception_3a.1x1.weight`, and filters come first.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const gamma = { shape: [1], data: Float32Array.of(2) };
 * const weights = { "inception_3a_1x1/gamma": gamma };
 * const state = toStateDict(weights);
 * assert.deepEqual(state, { "inception_3a.1x1.norm.weight": gamma });
 * assert.deepEqual(fromStateDict(state), weights);
 * ```
 */
export function toStateDict(
  weights: Readonly<Record<string, StoredTensor>>,
): Record<string, StoredTensor> {
  return renamed(weights, (name) => {
    const [layer, kind] = name.split("/") as [string, string];
    const [, theirs] = kinds.find(([ours]) => ours === kind)!;
    const path = layer.replace(/^(inception_\d[a-z]?)_/, "$1.");
    return `${path}.${theirs}`;
  }, { 4: [3, 2, 0, 1], 2: [1, 0] });
}

/**
 * The weights that {@linkcode toStateDict} was given. Names that are none of PyTorch's
 * stay, so that who takes the weights names them.
 */
export function fromStateDict(
  state: Readonly<Record<string, StoredTensor>>,
): Record<string, StoredTensor> {
  return renamed(state, (name) => {
    // The longest of those that fit: "norm.weight" is no "weight".
    const [ours, theirs] = kinds.findLast(([, kind]) =>
      name.endsWith(`.${kind}`)
    ) ?? [];
    if (ours === undefined) return name;
    const layer = name.slice(0, -theirs.length - 1).replaceAll(".", "_");
    return `${layer}/${ours}`;
  }, { 4: [2, 3, 1, 0], 2: [1, 0] });
}

/** Renames tensors and puts the axes of those with so many into another order. */
function renamed(
  tensors: Readonly<Record<string, StoredTensor>>,
  rename: (name: string) => string,
  orders: Readonly<Record<number, readonly number[]>>,
): Record<string, StoredTensor> {
  const entries = Object.entries(tensors).map(([name, tensor]) => {
    const order = orders[tensor.shape.length];
    return [rename(name), order ? permuted(tensor, order) : tensor];
  });
  return Object.fromEntries(entries);
}
