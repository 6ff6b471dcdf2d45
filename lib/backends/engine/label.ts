import type * as tf from "@tensorflow/tfjs";

/** What of a kernel's call says which kind it is. */
export interface KernelCall {
  inputs: tf.NamedTensorInfoMap;
  attrs?: tf.NamedAttrMap;
}

/**
 * The line of the table that a kernel's call belongs to, and how many
 * multiplications and additions it is by definition.
 *
 * Kernels with a filter are convolutions or one of their gradients, all of
 * which multiply each weight of the filter once for each pixel of the output.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const tensor = (...shape: number[]) =>
 *   ({ dataId: {}, shape, dtype: "float32" }) as const;
 * const inputs = { x: tensor(1, 7, 7, 2), filter: tensor(3, 3, 2, 5) };
 * const { name, flop } = labelOf("Conv2D", { inputs }, tensor(1, 7, 7, 5));
 * assert.equal(name, "Conv2D 3×3");
 * assert.equal(flop, 2 * 3 * 3 * 2 * 5 * 7 * 7);
 * ```
 */
export function labelOf(
  kernel: string,
  { inputs, attrs }: KernelCall,
  output: tf.TensorInfo | tf.TensorInfo[],
): { name: string; flop: number } {
  const outputs = [output].flat();
  const [first] = outputs;
  if (kernel.includes("Pointwise")) {
    const dys = numbered(inputs, "dy");
    const filters = numbered(inputs, "filter");
    // Either are absent where they are what the kernel gives.
    const pixels = product((dys[0] ?? first!).shape.slice(0, 3));
    const weights = (filters.length > 0 ? filters : outputs)
      .reduce((sum, { shape }) => sum + product(shape), 0);
    return { name: `${kernel}, several 1×1`, flop: 2 * weights * pixels };
  }
  const filter = inputs.filter?.shape ??
    attrs?.filterShape as number[] | undefined;
  if (filter?.length === 4) {
    const pixels = (inputs.dy ?? first)!.shape.slice(0, 3);
    const stride = [attrs?.strides ?? 1].flat()[0] as number;
    return {
      name: `${kernel} ${filter[0]}×${filter[1]}` +
        (stride > 1 ? `, stride ${stride}` : ""),
      flop: 2 * product(filter) * product(pixels),
    };
  }
  if (kernel.includes("MatMul") && inputs.a) {
    const inner = inputs.a.shape.at(attrs?.transposeA ? -2 : -1)!;
    return { name: kernel, flop: 2 * inner * product(first!.shape) };
  }
  return { name: kernel, flop: 0 };
}

const numbered = (inputs: tf.NamedTensorInfoMap, name: string) =>
  Object.entries(inputs)
    .filter(([key]) => key.startsWith(name))
    .map(([, input]) => input!);

const product = (sides: readonly number[]) => sides.reduce((a, b) => a * b, 1);
