import type * as tf from "@tensorflow/tfjs";
import { hasKernel } from "../../backends/engine/kernels.ts";
import { createActivations } from "./activations.ts";
import { isKept } from "./kept.ts";
import type { Forwarded } from "./pass.ts";
import { type BackbonePlan, planBackbone } from "./plan.ts";
import { createWorkspace, type Workspace } from "./workspace.ts";

/**
 * The convolutions, pools and concatenations of a network, passed through in
 * training by hand instead of by tfjs's tape, which costs a twentieth of the time
 * and knows nothing of what follows from the order of the layers:
 *
 * - Several 1×1 convolutions of one input are one.
 * - The gradients of an input that several layers take are added where they are
 *   made.
 * - Memory is free as soon as it was read for the last time, and what is cheap to
 *   recompute is not kept for the way back.
 *
 * `model.apply` with tfjs's gradients is the reference; the results are the same
 * but for the order in which gradients are added.
 */
export interface Backbone {
  /** The layers after it, to be applied one after the other. */
  head: readonly tf.layers.Layer[];
  /**
   * Passes images through it.
   *
   * @param images `[batch, size, size, channels]`; stay the caller's.
   */
  forward(images: tf.Tensor4D): BackboneOutput;
}

/** What a backbone makes of images. */
export interface BackboneOutput {
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

/**
 * The backbone of a network, if it has one and the present backend is wasm. A network
 * of which a normalized convolution is frozen goes by tfjs's tape.
 */
export function backboneOf(model: tf.LayersModel): Backbone | undefined {
  if (!hasKernel("NormalizedConv2DTraining")) return undefined;
  const plan = planBackbone(model);
  return plan && {
    head: plan.head,
    forward(images) {
      const workspace = createWorkspace();
      return orClear(workspace, () => pass(plan, images, workspace));
    },
  };
}

function orClear<T>(workspace: Workspace, work: () => T): T {
  try {
    return work();
  } catch (error) {
    workspace.clear();
    throw error;
  }
}

function pass(
  plan: BackbonePlan,
  images: tf.Tensor4D,
  workspace: Workspace,
): BackboneOutput {
  const { steps, features } = plan;
  const activations = createActivations(plan, images, workspace, isKept);
  const passed = steps.map((step): Forwarded => {
    const forwarded = step.pass(step.inputs.map(activations.get), workspace);
    activations.forward(step, forwarded);
    return forwarded;
  });

  const backward = (dFeatures: tf.Tensor): tf.NamedTensorMap => {
    // A copy, as passes overwrite and free what they get, and this is the caller's.
    const [copy] = workspace.call("Concat", [dFeatures], { axis: 3 });
    const gradients = new Map<string, tf.TensorInfo | undefined>([
      [features, copy],
    ]);
    const weights: tf.NamedTensorMap = {};
    // From the last to the first: a gradient is whole once all that take the
    // activation are done, and only then may its own step use it up.
    for (let i = steps.length - 1; i >= 0; i--) {
      const { inputs, outputs } = steps[i]!;
      const made = passed[i]!.backward(
        outputs.map((output) => gradients.get(output)!),
        {
          inputOf: (input) => activations.get(inputs[input]!),
          outputOf: (output) => activations.get(outputs[output]!),
          sumOf: (input) => gradients.get(inputs[input]!),
        },
      );
      made.inputs.forEach((gradient, input) =>
        gradients.set(inputs[input]!, gradient)
      );
      for (const [{ name }, gradient] of made.weights ?? []) {
        weights[name] = gradient;
      }
      activations.backward(steps[i]!, passed[i]!);
    }
    return weights;
  };
  return {
    features: workspace.release(activations.get(features)) as tf.Tensor4D,
    backward: (dFeatures) => orClear(workspace, () => backward(dFeatures)),
    dispose: () => workspace.clear(),
  };
}
