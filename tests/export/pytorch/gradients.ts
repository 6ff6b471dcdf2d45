/** Gradients of a network here and in PyTorch. */
import * as tf from "@tensorflow/tfjs";
import { decodeSafetensors } from "../../../lib/files/safetensors.ts";
import { namedWeights } from "../../../lib/nn2/weights.ts";
import { fromStateDict } from "../../../lib/training/weights/state_dict.ts";
import { assert } from "../../assert.ts";

/** Writes a tensor's values as float32. */
export async function writeValues(
  path: string,
  tensor: tf.Tensor,
): Promise<void> {
  const values = new Float32Array(await tensor.data());
  await Deno.writeFile(path, new Uint8Array(values.buffer));
}

/**
 * The gradients of Σ slope · embedding, by the weights' names.
 *
 * @param embed Applies the model.
 */
export function gradientsOf(
  model: tf.LayersModel,
  slopes: tf.Tensor,
  embed: () => tf.Tensor,
): Record<string, Float32Array> {
  const { grads } = tf.variableGrads(() => tf.sum(tf.mul(embed(), slopes)));
  const entries = Object.entries(namedWeights(model))
    .filter(([, { trainable }]) => trainable)
    .map(([name, variable]) =>
      [name, grads[variable.name]!.dataSync<"float32">()] as const
    );
  return Object.fromEntries(entries);
}

/**
 * Compares gradients with those of a file that nn2.py wrote, layer by layer.
 *
 * @param tolerance Relative to a gradient's length.
 */
export async function compareGradients(
  path: string,
  ours: Record<string, Float32Array>,
  tolerance: number,
): Promise<void> {
  const { tensors } = decodeSafetensors(await Deno.readFile(path));
  const theirs = fromStateDict(tensors);
  const longest = Math.max(...Object.values(ours).map(length));
  for (const [name, gradient] of Object.entries(ours)) {
    const { data } = theirs[name]!;
    const own = length(gradient);
    const off = length(gradient.map((value, i) => value - data[i]!));
    // Normalization takes a bias out again: what PyTorch has there is rounding.
    const most = own === 0 ? 1e-5 * longest : tolerance * own;
    assert(off < most, `${path}, ${name}: off by ${off}, at most ${most}`);
  }
}

function length(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}
