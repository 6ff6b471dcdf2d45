import * as tf from "@tensorflow/tfjs";
import {
  colleagues,
  type Errand,
  type KernelCall,
} from "../../backends/divided_batch.ts";
import { hasKernel } from "../../backends/kernels.ts";
import { NormalizedConvolution } from "../normalized_convolution.ts";
import { planTrunk, type TrunkPlan } from "./levels.ts";
import { meet } from "./meet.ts";
import { createMemory, type Memory, type Value } from "./memory.ts";

/**
 * The convolutions, pools and concatenations of a network, passed through in
 * training by hand instead of by tfjs's tape, which costs a twentieth of the time
 * and knows nothing of what follows from the order of the layers:
 *
 * - Layers that need nothing of each other go together: while the statistics of
 *   one travel between the threads of a divided batch, the next is computed.
 * - Nobody waits for the gradients of filters. They are computed while others are
 *   awaited, and threads take them over from each other.
 * - The gradients of an input that several layers take are added where they are
 *   made.
 * - Memory is free as soon as it was read for the last time.
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
  if (!hasKernel("Conv2DMoments")) return undefined;
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
  { levels, values: count }: TrunkPlan,
  images: tf.Tensor4D,
  memory: Memory,
): TrunkOutput {
  const readings = countReadings(memory);
  const values: Value[] = [images];
  const consumers = levels.flat().flatMap(({ inputs }) => inputs);
  const expectConsumers = (value: number) =>
    readings.expect(
      values[value]!,
      consumers.filter((input) => input === value).length,
    );

  expectConsumers(0);
  const done = levels.map((level) => {
    const forwarded = meet(
      level.map(({ inputs, pass }) => () =>
        pass(inputs.map((input) => values[input]!), memory)
      ),
    );
    level.forEach(({ inputs, outputs }, i) => {
      outputs.forEach((output, of) => {
        values[output] = forwarded[i]!.outputs[of]!;
        expectConsumers(output);
      });
      for (const kept of forwarded[i]!.keeps) readings.expect(kept, 1);
      for (const input of inputs) readings.finish(values[input]!);
    });
    return level.map((layer, i) => ({ layer, forwarded: forwarded[i]! }));
  });

  const backward = (dFeatures: tf.Tensor): tf.NamedTensorMap => {
    const gradients: (Value | undefined)[] = new Array(count);
    // A copy, as layers overwrite what they get.
    [gradients[count - 1]] = memory.call("Concat", [dFeatures], { axis: 3 });
    const weights: [string, tf.Tensor][] = [];
    const later: Errand[] = [];
    const go = ({ layer, forwarded }: typeof done[number][number]) => {
      const half = forwarded.backward(
        layer.outputs.map((output) => gradients[output]!),
        (input) => gradients[layer.inputs[input]!],
      );
      return {
        ...half,
        finish(parts: readonly Float64Array[]) {
          const { inputs, weights: own } = half.finish(parts);
          inputs.forEach((gradient, i) => {
            gradients[layer.inputs[i]!] = gradient;
          });
          const finish = (filters: readonly tf.Tensor[]) => {
            for (const [variable, gradient] of own?.finish(filters) ?? []) {
              weights.push([variable.name, gradient]);
            }
            forwarded.keeps.forEach(readings.finish);
          };
          if (own) later.push(errand(memory, own.call, finish));
          else finish([]);
        },
      };
    };
    for (const level of done.toReversed()) {
      meet(level.map((layer) => () => go(layer)), later);
      // Where nobody is awaited: while their values are in the cache.
      if (!colleagues()) doAll(later);
    }
    colleagues()?.doTogether(later);
    return Object.fromEntries(weights);
  };
  return {
    features: memory.release(values.at(-1)!) as tf.Tensor4D,
    backward: (dFeatures) => orClear(memory, () => backward(dFeatures)),
    dispose: () => memory.clear(),
  };
}

/** A call whose outputs become tensors of tfjs, whoever makes it. */
function errand(
  memory: Memory,
  call: KernelCall,
  finish: (outputs: tf.Tensor[]) => void,
): Errand {
  const { kernel, inputs, attributes, outputShapes } = call;
  return {
    call,
    run: () =>
      finish(memory.call(kernel, inputs, attributes).map(memory.release)),
    accept: (outputs) =>
      finish(outputs.map((values, i) => tf.tensor(values, outputShapes[i]))),
  };
}

function doAll(errands: Errand[]): void {
  while (errands.length > 0) errands.shift()!.run();
}

/** Frees values when they have been read as often as was expected. */
function countReadings(memory: Memory) {
  const left = new Map<Value, number>();
  return {
    expect: (value: Value, times: number) =>
      void left.set(value, (left.get(value) ?? 0) + times),
    finish(value: Value) {
      const times = left.get(value)! - 1;
      left.set(value, times);
      if (times === 0) memory.free(value);
    },
  };
}
