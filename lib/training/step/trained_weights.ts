import { refuse } from "../../numeric/refuse.ts";

/**
 * Makes sure that the weights which training changes are those that an optimizer was
 * made for. Layers may be frozen before that, and not between its steps.
 *
 * @param action The opening of an error's message.
 * @param begun Those of the optimizer, by name.
 * @param present Those of the model, by name.
 * @throws {RangeError} If there are none, or others.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * checkTrainedWeights("train", ["kernel"], ["kernel"]);
 * assert.throws(() => checkTrainedWeights("train", ["kernel", "bias"], ["kernel"]), {
 *   message:
 *     "Cannot train: expected the layers that were frozen when the optimizer was made, got bias frozen since",
 * });
 * ```
 */
export function checkTrainedWeights(
  action: string,
  begun: readonly string[],
  present: readonly string[],
): void {
  if (present.length === 0) {
    refuse(action, "a model with weights to train", "one that is frozen");
  }
  const differ = (change: string, name: string | undefined) => {
    if (name === undefined) return;
    refuse(
      action,
      "the layers that were frozen when the optimizer was made",
      `${name} ${change} since`,
    );
  };
  const [before, now] = [new Set(begun), new Set(present)];
  differ("frozen", begun.find((name) => !now.has(name)));
  differ("no longer frozen", present.find((name) => !before.has(name)));
}
