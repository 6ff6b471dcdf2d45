import type { TensorInfo } from "@tensorflow/tfjs";
import type { Forwarded } from "./pass.ts";
import type { BackbonePlan, Step } from "./plan.ts";
import type { Workspace } from "./workspace.ts";

/** What is known of an activation in the course of a pass. */
interface Activation {
  /** How often the forward pass, or the backward pass, will yet read it. */
  forwardReads: number;
  backwardReads: number;
  tensor?: TensorInfo | undefined;
  recompute?: () => TensorInfo;
  /** Whether it stays for the backward pass all the same. */
  isKept?: boolean;
}

/**
 * Keeps the activations of a pass by the names of their nodes, the images first, in
 * memory as long as they are needed. What can be recomputed is freed after the
 * forward pass has read it, and made again when the backward pass asks for it
 * (gradient checkpointing). That takes about a fiftieth of a training step's time.
 *
 * @param isKept Whether one stays in memory although it can be made again.
 *
 * Source: Chen and others, "Training deep nets with sublinear memory cost", arXiv
 * 1604.06174.
 */
export function createActivations(
  { images: name, steps }: BackbonePlan,
  images: TensorInfo,
  workspace: Workspace,
  isKept: (activation: TensorInfo) => boolean,
) {
  const all = new Map<string, Activation>();
  for (const key of [name, ...steps.flatMap(({ outputs }) => outputs)]) {
    all.set(key, { forwardReads: 0, backwardReads: 0 });
  }
  const named = (name: string) => all.get(name)!;
  // The caller keeps them.
  named(name).recompute = () => images;
  named(name).tensor = images;
  for (const { inputs } of steps) {
    for (const input of inputs) named(input).forwardReads++;
  }

  const freeIfUnused = (activation: Activation) => {
    const { forwardReads, backwardReads, tensor, recompute } = activation;
    const waits = !recompute || activation.isKept;
    const isRead = forwardReads > 0 || (backwardReads > 0 && waits);
    if (isRead || !tensor) return;
    workspace.free(tensor);
    activation.tensor = undefined;
  };
  const get = (name: string): TensorInfo => {
    const activation = named(name);
    return activation.tensor ??= activation.recompute!();
  };
  const readBackward = ({ inputs, outputs }: Step, { needs }: Forwarded) =>
    needs.flatMap((kind) => kind === "inputs" ? inputs : outputs).map(named);

  return {
    /** The activation, recomputed if need be. */
    get,
    /** Takes the outputs of a step, which has read its inputs. */
    forward(step: Step, passed: Forwarded): void {
      const inputs = step.inputs.map(named);
      const { recompute } = passed;
      step.outputs.map(named).forEach((output, i) => {
        const tensor = passed.outputs[i]!;
        output.tensor = tensor;
        if (!recompute) return;
        output.isKept = isKept(tensor);
        output.recompute = () => {
          const made = recompute(i, (input) => get(step.inputs[input]!));
          // What was made for this alone has served.
          inputs.filter(({ backwardReads }) => backwardReads === 0)
            .forEach(freeIfUnused);
          return made;
        };
      });
      for (const activation of readBackward(step, passed)) {
        activation.backwardReads++;
      }
      for (const input of inputs) {
        input.forwardReads--;
        freeIfUnused(input);
      }
    },
    /** Frees what no other step needs, after one's backward pass. */
    backward(step: Step, passed: Forwarded): void {
      for (const activation of readBackward(step, passed)) {
        activation.backwardReads--;
        if (activation.backwardReads === 0) freeIfUnused(activation);
      }
    },
  };
}
