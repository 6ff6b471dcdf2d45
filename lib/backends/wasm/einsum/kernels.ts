import type * as tf from "@tensorflow/tfjs";
import { type RunKernel, tidy } from "../arrays/run_kernel.ts";
import { sizeOf } from "../runtime/check_inputs.ts";
import { type WasmKernel, wasmKernel } from "../runtime/kernel.ts";
import { readEquation } from "./equation.ts";

/**
 * tfjs's `Einsum`, which its WASM backend lacks: sums of products of one or two
 * tensors, as in "bij,bjk->bik". Two tensors are multiplied as matrices.
 */
export const einsumKernel: WasmKernel = wasmKernel(
  "Einsum",
  ({ backend, inputs, attributes }) => {
    const tensors = Object.values(inputs) as tf.TensorInfo[];
    const { equation } = attributes as { equation: string };
    const shapes = tensors.map(({ shape }) => shape);
    const { inputs: terms, output, lengths } = readEquation(equation, shapes);
    const isArranged = terms.length === 1 && terms[0]!.length === output.length;
    return tidy(backend, (run) => {
      const labelled = tensors.map((tensor, i) => ({
        tensor: isArranged ? tensor : inOneType(tensor, tensors, run),
        labels: terms[i]!,
      })) as [Labelled] | [Labelled, Labelled];
      return labelled.length === 1
        ? arrange(labelled[0], output, run)
        : multiply(labelled, output, lengths, run);
    });
  },
);

/** A tensor with a letter for each of its axes. */
interface Labelled {
  tensor: tf.TensorInfo;
  labels: string;
}

/** The axes in another order; those without a place in it are summed over. */
function arrange(
  { tensor, labels }: Labelled,
  order: string,
  run: RunKernel,
): tf.TensorInfo {
  const kept = [...labels].filter((label) => order.includes(label));
  const axis = [...labels].flatMap((label, i) =>
    order.includes(label) ? [] : [i]
  );
  const sums = axis.length === 0
    ? tensor
    : run("Sum", { x: tensor }, { axis, keepDims: false });
  const perm = [...order].map((label) => kept.indexOf(label));
  const isInOrder = perm.every((from, i) => from === i);
  return run(isInOrder ? "Identity" : "Transpose", { x: sums }, { perm });
}

/**
 * The product of `[both, left, summed]` and `[both, summed, right]`: labels that
 * both sides and the result have, that one side and the result have, that both
 * sides have.
 */
function multiply(
  sides: readonly [Labelled, Labelled],
  output: string,
  lengths: ReadonlyMap<string, number>,
  run: RunKernel,
): tf.TensorInfo {
  const [left, right] = sides.map(({ labels }) => labels) as [string, string];
  const pick = (labels: string, test: (label: string) => boolean) =>
    [...labels].filter(test).join("");
  const both = pick(output, (l) => left.includes(l) && right.includes(l));
  const summed = pick(left, (l) => right.includes(l) && !output.includes(l));
  const leftAlone = pick(output, (l) => !right.includes(l));
  const rightAlone = pick(output, (l) => !left.includes(l));
  const sizes = (labels: string) => [...labels].map((l) => lengths.get(l)!);
  const matrices = ([first, second]: [string, string], side: Labelled) =>
    run("Reshape", { x: arrange(side, both + first + second, run) }, {
      shape: [both, first, second].map((part) => sizeOf(sizes(part))),
    });
  const product = run("BatchMatMul", {
    a: matrices([leftAlone, summed], sides[0]),
    b: matrices([summed, rightAlone], sides[1]),
  }, { transposeA: false, transposeB: false });
  const labels = both + leftAlone + rightAlone;
  const tensor = run("Reshape", { x: product }, { shape: sizes(labels) });
  return arrange({ tensor, labels }, output, run);
}

/** As float32 if one of the tensors is, else as int32. */
function inOneType(
  x: tf.TensorInfo,
  tensors: readonly tf.TensorInfo[],
  run: RunKernel,
): tf.TensorInfo {
  const isFloat = tensors.some(({ dtype }) => dtype === "float32");
  return run("Cast", { x }, { dtype: isFloat ? "float32" : "int32" });
}
