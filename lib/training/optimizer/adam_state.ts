import type * as tf from "@tensorflow/tfjs";
import { checkValue } from "../../numeric/domain.ts";
import { refuse } from "../../numeric/refuse.ts";
import type { Constants } from "./adam_update.ts";

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

/** What a variable's means begin with. */
export type StartOfMeans = (name: string, size: number) => AdamMeans;

/** The running means of some variables, in their order. */
export interface HeldMeans {
  /** Changes the variables and their means by one step. */
  update(gradients: readonly tf.Tensor[], constants: Constants): void;
  /** A copy of what is held at the call. */
  read(): Promise<AdamMeans[]>;
  dispose(): void;
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
