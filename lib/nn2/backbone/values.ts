import type { Forwarded } from "./layer_pass.ts";
import type { Memory, Value } from "./memory.ts";
import type { TrunkLayer } from "./plan.ts";

/**
 * The values of a trunk, in memory as long as they are needed: what can be made
 * again is freed after the forward pass has read it, and made when the backward
 * pass asks for it. That takes about a fiftieth of a training step's time.
 *
 * Source: Chen and others, "Training deep nets with sublinear memory cost", arXiv
 * 1604.06174.
 */
export interface Values {
  /** The value, made again if need be. */
  get(value: number): Value;
  /** Takes the outputs of a layer, which has read its inputs. */
  forward(layer: TrunkLayer, passed: Forwarded): void;
  /** Frees what no other layer needs, after one's backward pass. */
  backward(layer: TrunkLayer, passed: Forwarded): void;
}

/** Makes the store of a trunk's values, with the images as the first. */
export function createValues(
  layers: readonly TrunkLayer[],
  images: Value,
  memory: Memory,
): Values {
  const values = new Map([[0, images]]);
  /** How often the forward pass, or the backward pass, will yet read a value. */
  const forwardReads = new Map<number, number>();
  const backwardReads = new Map<number, number>();
  const makers = new Map<number, () => Value>();
  for (const { inputs } of layers) {
    for (const input of inputs) change(forwardReads, input, 1);
  }

  const freeIfUnused = (value: number) => {
    const isRead = countOf(forwardReads, value) > 0 ||
      (countOf(backwardReads, value) > 0 && !makers.has(value));
    const held = values.get(value);
    if (isRead || !held) return;
    memory.free(held);
    values.delete(value);
  };
  const get = (value: number): Value => {
    const held = values.get(value) ?? makers.get(value)!();
    values.set(value, held);
    return held;
  };
  const readBackward = ({ inputs, outputs }: TrunkLayer, passed: Forwarded) =>
    passed.needs.flatMap((kind) => kind === "inputs" ? inputs : outputs);

  return {
    get,
    forward(layer, passed) {
      const { inputs, outputs } = layer;
      outputs.forEach((output, i) => {
        values.set(output, passed.outputs[i]!);
        const { again } = passed;
        if (!again) return;
        makers.set(output, () => {
          const made = again(i, (input) => get(inputs[input]!));
          // What was made for this alone has served.
          for (const input of inputs) {
            if (countOf(backwardReads, input) === 0) freeIfUnused(input);
          }
          return made;
        });
      });
      for (const value of readBackward(layer, passed)) {
        change(backwardReads, value, 1);
      }
      for (const input of inputs) {
        change(forwardReads, input, -1);
        freeIfUnused(input);
      }
    },
    backward(layer, passed) {
      for (const value of readBackward(layer, passed)) {
        change(backwardReads, value, -1);
        if (countOf(backwardReads, value) === 0) freeIfUnused(value);
      }
    },
  };
}

const countOf = (counts: ReadonlyMap<number, number>, value: number) =>
  counts.get(value) ?? 0;

function change(counts: Map<number, number>, value: number, by: number): void {
  counts.set(value, countOf(counts, value) + by);
}
