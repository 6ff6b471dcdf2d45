import type * as tf from "@tensorflow/tfjs";
import type { BatchMoments } from "../../backends/wasm/epilogue/batch_moments.ts";
import type {
  NormalizedConv2dOptions,
  NormalizedWeights,
} from "../layers/normalized_conv2d_passes.ts";
import type { Memory, Value } from "./memory.ts";

/** A normalized convolution, as `normalizedConv2d` has it in training. */
export interface NormalizedLayer {
  variables: Record<keyof NormalizedWeights, tf.Variable>;
  options: NormalizedConv2dOptions;
}

/** What a normalized convolution makes, see `Forward` of its passes. */
export interface Normalized {
  y: Value;
  z: Value;
  constants: Value;
  moved: readonly Value[];
}

/** The three passes of some normalized convolutions of the same input. */
export interface Convolutions {
  forward(memory: Memory, x: Value): Normalized[];
  /** Of the gradients of the convolutions' results, those of the filters. */
  filterGradients(memory: Memory, x: Value, dzs: readonly Value[]): Value[];
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

function single({ variables, options }: NormalizedLayer): Convolutions {
  const { kernel: filter, ...weights } = variables;
  const geometry = {
    strides: options.strides,
    pad: "same",
    dataFormat: "NHWC",
    isNormalized: true,
  };
  return {
    forward(memory, x) {
      const inputs = { x, filter, ...weights };
      const [y, z, constants, ...moved] = memory.call(
        "NormalizedConv2DTraining",
        inputs,
        options,
      ) as [Value, Value, Value, Value, Value];
      return [{ y, z, constants, moved }];
    },
    filterGradients: (memory, x, [dz]) =>
      memory.call(
        "Conv2DBackpropFilter",
        { x, dy: dz! },
        { ...geometry, filterShape: filter.shape },
      ),
    inputGradient: (memory, x, [dz], sum) =>
      !options.inputGradient ? undefined : added(
        memory,
        sum,
        memory.call(
          "Conv2DBackpropInput",
          { dy: dz!, filter, ...(sum && { sum }) },
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
    forward(memory, x) {
      let moments!: readonly BatchMoments[];
      const take = (taken: BatchMoments[]) => void (moments = taken);
      const zs = memory.call("PointwiseMoments", { x, ...filters }, { take });
      return layers.map(({ variables, options }, i) => {
        const { kernel: _, ...weights } = variables;
        const z = zs[i]!;
        const [y, constants, ...moved] = memory.call(
          "NormalizedRelu",
          { z, ...weights },
          { ...options, moments: moments[i] },
        ) as [Value, Value, Value, Value];
        return { y, z, constants, moved };
      });
    },
    filterGradients: (memory, x, dzs) =>
      memory.call("PointwiseBackpropFilter", { x, ...numbered("dy", dzs) }),
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
