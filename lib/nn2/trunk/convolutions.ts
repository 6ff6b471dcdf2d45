import type { BatchMoments } from "../../backends/wasm/batch_moments.ts";
import type { KernelCall } from "../../backends/divided_batch.ts";
import type { Memory, Value } from "./memory.ts";
import type { NormalizedLayer } from "./normalized_convolution_pass.ts";

/** The three passes of some convolutions of the same input. */
export interface Convolutions {
  /** Results and their moments, of this thread's part of the batch. */
  convolve(
    memory: Memory,
    x: Value,
  ): { zs: readonly Value[]; moments: readonly BatchMoments[] };
  /** What makes, of the gradients of the results, those of the filters. */
  filterGradients(x: Value, dzs: readonly Value[]): KernelCall;
  /**
   * To that of the input, which is added to a sum where there is one, in place; if
   * the layers have one.
   */
  inputGradient(
    memory: Memory,
    x: Value,
    dzs: readonly Value[],
    sum: Value | undefined,
  ): Value | undefined;
}

/** The passes of one convolution, or of several that are 1×1 and of stride 1. */
export function convolutionsOf(
  layers: readonly NormalizedLayer[],
): Convolutions {
  const [only, ...others] = layers as [NormalizedLayer];
  return others.length === 0 ? single(only) : pointwise(layers);
}

function single(
  { variables: { kernel }, options }: NormalizedLayer,
): Convolutions {
  const { strides, inputGradient } = options;
  const geometry = {
    strides,
    pad: "same",
    dataFormat: "NHWC",
    isNormalized: true,
  };
  return {
    convolve(memory, x) {
      let moments!: BatchMoments;
      const take = (taken: BatchMoments) => void (moments = taken);
      const inputs = { x, filter: kernel };
      const zs = memory.call("Conv2DMoments", inputs, { strides, take });
      return { zs, moments: [moments] };
    },
    filterGradients: (x, [dz]) => ({
      kernel: "Conv2DBackpropFilter",
      inputs: { x, dy: dz! },
      attributes: { ...geometry, filterShape: kernel.shape },
      outputShapes: [kernel.shape],
    }),
    inputGradient: (memory, x, [dz], sum) =>
      !inputGradient ? undefined : added(
        memory,
        sum,
        memory.call(
          "Conv2DBackpropInput",
          { dy: dz!, filter: kernel, ...(sum && { sum }) },
          { ...geometry, inputShape: x.shape },
        ),
      ),
  };
}

function pointwise(layers: readonly NormalizedLayer[]): Convolutions {
  const filters = numbered(
    "filter",
    layers.map((layer) => layer.variables.kernel),
  );
  return {
    convolve(memory, x) {
      let moments!: readonly BatchMoments[];
      const take = (taken: BatchMoments[]) => void (moments = taken);
      const inputs = { x, ...filters };
      const zs = memory.call("PointwiseMoments", inputs, { take });
      return { zs, moments };
    },
    filterGradients: (x, dzs) => ({
      kernel: "PointwiseBackpropFilter",
      inputs: { x, ...numbered("dy", dzs) },
      attributes: {},
      outputShapes: layers.map(({ variables }) => variables.kernel.shape),
    }),
    inputGradient: (memory, _x, dzs, sum) =>
      added(
        memory,
        sum,
        memory.call("PointwiseBackpropInput", {
          ...numbered("dy", dzs),
          ...filters,
          ...(sum && { sum }),
        }),
      ),
  };
}

/** What was added to a sum is there twice: as the sum and as the result. */
function added(
  memory: Memory,
  sum: Value | undefined,
  [dx]: readonly Value[],
): Value {
  if (sum) memory.free(sum);
  return dx!;
}

const numbered = (name: string, values: readonly Value[]) =>
  Object.fromEntries(values.map((value, i) => [`${name}${i}`, value]));
