import type { TensorInfo, Variable } from "@tensorflow/tfjs";
import { hasKernel } from "../../backends/engine/kernels.ts";
import {
  convolutionGradients,
  convolveByKernel,
  gradientByKernel,
  type KernelGradient,
  kernelInputs,
  type Normalized,
} from "../layers/normalized_conv2d_kernels.ts";
import type {
  NormalizedConv2dOptions,
  NormalizedWeights,
} from "../layers/normalized_conv2d_options.ts";
import type { Workspace } from "./workspace.ts";

/** A normalized convolution, as `normalizedConv2d` has it in training. */
export interface NormalizedLayer {
  variables: Record<keyof NormalizedWeights, Variable>;
  options: NormalizedConv2dOptions;
}

/**
 * Passes an input through one layer, or through several that are 1×1 and of stride 1:
 * the convolutions of those are one.
 */
export function convolveLayers(
  { call }: Workspace,
  x: TensorInfo,
  layers: readonly NormalizedLayer[],
): Normalized<TensorInfo>[] {
  if (layers.length === 1) {
    const [{ variables, options }] = layers as [NormalizedLayer];
    return [convolveByKernel(call, x, variables, options)];
  }
  const { epsilon, momentum } = layers[0]!.options;
  const weights = layers.flatMap(({ variables }, i) => {
    const { x: _, ...each } = kernelInputs(x, variables);
    return Object.entries(each).map((
      [name, weight],
    ) => [`${name}${i}`, weight]);
  });
  const inputs = { x, ...Object.fromEntries(weights) };
  const attributes = { epsilon, momentum };
  const outputs = call("NormalizedPointwiseTraining", inputs, attributes);
  return layers.map((_, i) =>
    outputs.slice(5 * i, 5 * (i + 1)) as Normalized<TensorInfo>
  );
}

/**
 * From the gradients of the layers' results to those of their convolutions, in the same
 * memory; what was kept for that is freed.
 */
export function normalizationGradients(
  { call, free }: Workspace,
  all: readonly Record<"dy" | "z" | "constants", TensorInfo>[],
): KernelGradient<TensorInfo>[] {
  const release = ({ z, constants }: typeof all[number]) =>
    [z, constants].forEach(free);
  if (all.length === 1 || !hasKernel("NormalizationGrads")) {
    return all.map((inputs) => {
      const made = gradientByKernel(call, inputs, true);
      release(inputs);
      return made;
    });
  }
  const inputs = all.flatMap((each, i) =>
    Object.entries(each).map(([name, tensor]) => [`${name}${i}`, tensor])
  );
  const attributes = { inPlace: true };
  const outputs = call(
    "NormalizationGrads",
    Object.fromEntries(inputs),
    attributes,
  );
  all.forEach(release);
  return all.map((_, i) =>
    outputs.slice(4 * i, 4 * (i + 1)) as KernelGradient<TensorInfo>
  );
}

/**
 * From the gradients of the layers' convolutions to those of their filters and of the
 * input, which is added in place to a sum where there is one.
 */
export function layerGradients(
  { call }: Workspace,
  x: TensorInfo,
  dzs: readonly TensorInfo[],
  sum: TensorInfo | undefined,
  layers: readonly NormalizedLayer[],
): { dFilters: TensorInfo[]; dx: TensorInfo | undefined } {
  const filters = filtersOf(layers);
  const added = sum && { sum };
  if (layers.length === 1) {
    const inputs = { x, dz: dzs[0]!, filter: filters[0]!, ...added };
    const [dFilter, dx] = convolutionGradients(
      call,
      inputs,
      layers[0]!.options,
    );
    return { dFilters: [dFilter], dx };
  }
  const dys = numbered("dy", dzs);
  const dFilters = call("PointwiseBackpropFilter", { x, ...dys });
  const inputs = { ...dys, ...numbered("filter", filters), ...added };
  const [dx] = call("PointwiseBackpropInput", inputs);
  return { dFilters, dx };
}

const filtersOf = (layers: readonly NormalizedLayer[]): TensorInfo[] =>
  layers.map(({ variables }) => variables.kernel);

const numbered = (name: string, tensors: readonly TensorInfo[]) =>
  Object.fromEntries(tensors.map((tensor, i) => [`${name}${i}`, tensor]));
