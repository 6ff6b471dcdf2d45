import type { TensorInfo, Variable } from "@tensorflow/tfjs";
import type { BatchMoments } from "../../backends/wasm/epilogue/batch_moments.ts";
import {
  convolutionGradients,
  convolveByKernel,
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
  let moments!: readonly BatchMoments[];
  const take = (taken: BatchMoments[]) => void (moments = taken);
  const inputs = { x, ...numbered("filter", filtersOf(layers)) };
  const zs = call("PointwiseMoments", inputs, { take });
  return layers.map(({ variables, options }, i) => {
    const { kernel: _, ...weights } = variables;
    const z = zs[i]!;
    const attributes = { ...options, moments: moments[i] };
    const [y, ...others] = call(
      "NormalizedRelu",
      { z, ...weights },
      attributes,
    );
    return [y, z, ...others] as Normalized<TensorInfo>;
  });
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
