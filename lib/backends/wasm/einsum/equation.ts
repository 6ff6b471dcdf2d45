import { refuse, shown } from "../../../numeric/refuse.ts";

/** The labels of an equation such as "ij,jk->ik". */
export interface EinsumEquation {
  /** The labels of each input's axes. */
  inputs: string[];
  /** The labels of the result's axes. */
  output: string;
  /** The length of each label's axes. */
  lengths: Map<string, number>;
}

/**
 * Reads an equation of one or two tensors and holds it against their shapes.
 *
 * @throws {RangeError} If it has no arrow, more than two inputs, an ellipsis, a
 * label twice in one tensor, one in the result alone, or does not fit the shapes.
 */
export function readEquation(
  equation: string,
  shapes: readonly (readonly number[])[],
): EinsumEquation {
  const action = `calculate the sum ${shown(equation)}`;
  const parts = equation.replace(/\s/g, "").split("->");
  if (parts.length !== 2) refuse(action, "exactly one arrow", shown(equation));
  const [left, output] = parts as [string, string];
  const inputs = left.split(",");
  if (inputs.length !== shapes.length || inputs.length > 2) {
    refuse(
      action,
      "one or two tensors, as many as the equation has",
      `${inputs.length} in the equation and ${shapes.length} tensors`,
    );
  }
  for (const labels of [...inputs, output]) {
    if (!/^[A-Za-z]*$/.test(labels)) {
      refuse(action, "a letter for each axis", shown(labels));
    }
    if (new Set(labels).size < labels.length) {
      refuse(action, "each axis of a tensor once", shown(labels));
    }
  }
  const lengths = new Map<string, number>();
  inputs.forEach((labels, i) => {
    const shape = shapes[i]!;
    if (labels.length !== shape.length) {
      refuse(action, `axes ${shown(labels)}`, `shape [${shape}]`);
    }
    [...labels].forEach((label, axis) => {
      const length = lengths.get(label) ?? shape[axis]!;
      if (length !== shape[axis]) {
        refuse(action, `${length} for ${label}`, String(shape[axis]));
      }
      lengths.set(label, length);
    });
  });
  for (const label of output) {
    if (lengths.has(label)) continue;
    refuse(action, "the result's axes to be an input's", label);
  }
  return { inputs, output, lengths };
}
