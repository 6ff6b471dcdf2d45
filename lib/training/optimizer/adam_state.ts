import * as tf from "@tensorflow/tfjs";
import { checkValue } from "../../numeric/domain.ts";
import { refuse } from "../../numeric/refuse.ts";
import type { Slot } from "./adam_update.ts";

/** What Adam holds between two steps. */
export interface AdamState {
  /** Steps made so far. */
  steps: number;
  /** The running means of each variable. */
  means: Record<string, AdamMeans>;
}

/** The running means of a variable's gradient and of its square. */
export interface AdamMeans {
  gradient: Float32Array;
  square: Float32Array;
}

/** A variable with its name and running means. */
export type NamedSlot = Slot & { name: string };

/** Makes what is held for each variable: all of it or, where that fails, nothing. */
export function createSlots(
  variables: Readonly<Record<string, tf.Variable>>,
  meansOf: (name: string, size: number) => AdamMeans,
): NamedSlot[] {
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
      const { gradient, square } = meansOf(name, weights.size);
      const { shape } = weights;
      return {
        name,
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

/** A copy of what is held. */
export function readState(slots: NamedSlot[], steps: number): AdamState {
  const means = slots.map(({ name, mean, square }) => [name, {
    gradient: mean.dataSync<"float32">().slice(),
    square: square.dataSync<"float32">().slice(),
  }]);
  return { steps, means: Object.fromEntries(means) };
}

/**
 * Makes sure that an optimizer's state is that of these variables.
 *
 * @throws {RangeError} If it is not.
 */
export function checkAdamState(
  variables: Readonly<Record<string, tf.Variable>>,
  { steps, means }: AdamState,
): void {
  checkValue("restore Adam", "steps", steps, { type: "integer", min: 0 });
  const fail = (expected: string, got: string) =>
    refuse("restore Adam for other variables", expected, got);
  for (const [name, { size }] of Object.entries(variables)) {
    const { gradient, square } = means[name] ?? {};
    if (gradient?.length !== size || square?.length !== size) {
      fail(
        `2 means of ${size} values for ${name}`,
        gradient ? `${gradient.length} and ${square!.length}` : "none",
      );
    }
  }
  const odd = Object.keys(means).find((name) => !(name in variables));
  if (odd !== undefined) fail(`none for ${odd}`, "some");
}
