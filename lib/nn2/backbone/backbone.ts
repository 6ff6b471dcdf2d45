import type * as tf from "@tensorflow/tfjs";
import { hasKernel } from "../../backends/engine/kernels.ts";
import { NormalizedConvolution } from "../layers/normalized_convolution.ts";
import type { Forwarded } from "./layer_pass.ts";
import { createMemory, type Memory, type Value } from "./memory.ts";
import { planTrunk, type TrunkPlan } from "./plan.ts";
import { createValues } from "./values.ts";

/**
 * The convolutions, pools and concatenations of a network, passed through in
 * training by hand instead of by tfjs's tape, which costs a twentieth of the time
 * and knows nothing of what follows from the order of the layers:
 *
 * - Several 1×1 convolutions of one input are one.
 * - The gradients of an input that several layers take are added where they are
 *   made.
 * - Memory is free as soon as it was read for the last time, and what is made again
 *   cheaply is not kept for the way back.
 *
 * `model.apply` with tfjs's gradients is the reference; the results are the same
 * but for the order in which gradients are added.
 */
export interface Trunk {
  /** The layers after it, to be applied one after the other. */
  head: readonly tf.layers.Layer[];
  /**
   * Passes images through it.
   *
   * @param images `[batch, size, size, channels]`; stay the caller's.
   */
  forward(images: tf.Tensor4D): TrunkOutput;
}

/** What a trunk makes of images. */
export interface TrunkOutput {
  /** `[batch, height, width, channels]`; the caller disposes them. */
  features: tf.Tensor4D;
  /**
   * Goes back from the features' gradient, which stays the caller's, to those of
   * all weights by the names of their variables; the caller disposes them. Once.
   */
  backward(dFeatures: tf.Tensor): tf.NamedTensorMap;
  /** Frees what is kept for it, if it is not called. */
  dispose(): void;
}

const trunks = new WeakMap<tf.LayersModel, Trunk | null>();

/**
 * The trunk of a network, if it has one and the present backend is wasm. A network
 * of which a normalized convolution is frozen goes by tfjs's tape.
 */
export function trunkOf(model: tf.LayersModel): Trunk | undefined {
  if (!hasKernel("NormalizedConv2DTraining")) return undefined;
  const isFrozen = (layer: tf.layers.Layer) =>
    layer instanceof NormalizedConvolution && layer.isFrozen;
  if (model.layers.some(isFrozen)) return undefined;
  let trunk = trunks.get(model);
  if (trunk === undefined) {
    const plan = planTrunk(model);
    trunk = plan ? createTrunk(plan) : null;
    trunks.set(model, trunk);
  }
  return trunk ?? undefined;
}

function createTrunk(plan: TrunkPlan): Trunk {
  return {
    head: plan.head,
    forward(images) {
      const memory = createMemory();
      return orClear(memory, () => pass(plan, images, memory));
    },
  };
}

function orClear<T>(memory: Memory, work: () => T): T {
  try {
    return work();
  } catch (error) {
    memory.clear();
    throw error;
  }
}

function pass(
  { layers, values: count }: TrunkPlan,
  images: tf.Tensor4D,
  memory: Memory,
): TrunkOutput {
  const values = createValues(layers, images, memory);
  const passed = layers.map((layer): Forwarded => {
    const forwarded = layer.pass(layer.inputs.map(values.get), memory);
    values.forward(layer, forwarded);
    return forwarded;
  });

  const backward = (dFeatures: tf.Tensor): tf.NamedTensorMap => {
    const gradients: (Value | undefined)[] = new Array(count);
    // A copy, as layers overwrite what they get.
    [gradients[count - 1]] = memory.call("Concat", [dFeatures], { axis: 3 });
    const weights: [string, tf.Tensor][] = [];
    for (let i = layers.length - 1; i >= 0; i--) {
      const layer = layers[i]!;
      const { inputs, outputs } = layer;
      const given = passed[i]!.backward(
        outputs.map((output) => gradients[output]!),
        {
          inputOf: (input) => values.get(inputs[input]!),
          outputOf: (output) => values.get(outputs[output]!),
          sumOf: (input) => gradients[inputs[input]!],
        },
      );
      given.inputs.forEach((gradient, of) => {
        gradients[inputs[of]!] = gradient;
      });
      for (const [variable, gradient] of given.weights ?? []) {
        weights.push([variable.name, gradient]);
      }
      values.backward(layer, passed[i]!);
    }
    return Object.fromEntries(weights);
  };
  return {
    features: memory.release(values.get(count - 1)) as tf.Tensor4D,
    backward: (dFeatures) => orClear(memory, () => backward(dFeatures)),
    dispose: () => memory.clear(),
  };
}
