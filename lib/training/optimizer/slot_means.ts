import * as tf from "@tensorflow/tfjs";
import { copyValues } from "../../numeric/tensor_values.ts";
import type { AdamMeans, HeldMeans, StartOfMeans } from "./adam_state.ts";
import { type Slot, updateSlot } from "./adam_update.ts";

/** Holds the means of each variable in tensors of its shape. */
export function createSlotMeans(
  variables: Readonly<Record<string, tf.Variable>>,
  startOf: StartOfMeans,
): HeldMeans {
  const slots = createSlots(variables, startOf);
  return {
    update(gradients, constants) {
      slots.forEach((slot, i) => updateSlot(slot, gradients[i]!, constants));
    },
    async read() {
      const copies = slots.map(async ({ mean, square }): Promise<AdamMeans> => {
        const both = [copyValues(mean), copyValues(square)] as const;
        const [gradient, squares] = await Promise.all(both);
        return { gradient, square: squares };
      });
      return await Promise.all(copies);
    },
    dispose: () =>
      slots.forEach(({ mean, square }) => tf.dispose([mean, square])),
  };
}

/** Makes what is held for each variable: all of it or, where that fails, nothing. */
function createSlots(
  variables: Readonly<Record<string, tf.Variable>>,
  startOf: StartOfMeans,
): Slot[] {
  const made: tf.Variable[] = [];
  const make = (values: Float32Array, shape: number[]) => {
    // A copy: on some backends a tensor keeps the array that it was made of.
    const start = tf.tensor(values.slice(), shape);
    made.push(tf.variable(start, false));
    start.dispose();
    return made.at(-1)!;
  };
  try {
    return Object.entries(variables).map(([name, weights]) => {
      const { gradient, square } = startOf(name, weights.size);
      const { shape } = weights;
      return {
        weights,
        mean: make(gradient, shape),
        square: make(square, shape),
      };
    });
  } catch (error) {
    tf.dispose(made);
    throw error;
  }
}
