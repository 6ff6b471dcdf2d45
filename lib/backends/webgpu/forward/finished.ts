import type { TensorInfo } from "@tensorflow/tfjs";
import type { Call } from "../runtime/kernel.ts";
import { elementOf, type LaneCount } from "../runtime/lanes.ts";
import { launch } from "../runtime/launch.ts";
import type { Shader } from "../runtime/shader.ts";
import {
  convolutionConstants,
  convolutionOpening,
  convolutionSums,
  perQuad,
  readQuad,
  writeResults,
} from "./convolution_code.ts";
import type { Convolved } from "./take_convolved.ts";
import { planConvolution } from "./plan_convolution.ts";
import { forVariants } from "./variants.ts";

/** What is done to a convolution before it is written. */
export interface ConvolutionFinish<
  Input extends string,
  Constant extends string,
> {
  name: string;
  /** Tensors of `[filters]`. */
  inputs: readonly Input[];
  constants: Readonly<Record<Constant, "f32">>;
  /** Code that declares what is the same for all pixels. `read` reads four filters'. */
  declare(read: (input: Input) => string, quad: number): string;
  /** The code of the result, of a sum of four filters. */
  valueOf(sum: string, quad: number): string;
}

/** relu(value), where a NaN stays. */
export const rectified = (value: string): string =>
  `select(${value}, vec4<f32>(), ${value} < vec4<f32>())`;

/** Makes a convolution that is finished before it is written: one launch. */
export function finishedConvolution<
  Input extends string,
  Constant extends string,
>(finish: ConvolutionFinish<Input, Constant>): (
  call: Call,
  convolved: Convolved,
  inputs: Readonly<Record<Input, TensorInfo>>,
  constants: Readonly<Record<Constant, number>>,
) => TensorInfo {
  const shaderOf = forVariants((variant): Shader => {
    const { lanesIn, lanesOut } = variant;
    return {
      name: finish.name,
      inputs: {
        x: elementOf[lanesIn],
        weights: elementOf[lanesOut],
        ...perFilter(lanesOut, finish.inputs),
      },
      outputs: { y: elementOf[lanesOut] },
      constants: {
        ...convolutionConstants,
        filters: "u32",
        ...finish.constants,
      },
      code: `alias Pixel = ${elementOf[lanesIn]};
${convolutionOpening}
  ${convolutionSums(variant, "weights", "constants.filters")}
  ${
        perQuad((q) =>
          finish.declare((input) => readQuad(lanesOut, input, "0u", q), q)
        )
      }
  ${writeResults(lanesOut, "y", (r, q) => finish.valueOf(`sum${r}_${q}`, q))}
}`,
    };
  });
  return ({ backend, output }, { x, filter, windows }, inputs, constants) => {
    const { batch, outHeight, outWidth, outChannels } = windows;
    const { maxComputeWorkgroupsPerDimension } = backend.device.limits;
    const plan = planConvolution(
      windows,
      maxComputeWorkgroupsPerDimension,
    );
    const y = output([batch, outHeight, outWidth, outChannels]);
    launch(backend, shaderOf(plan.variant), {
      inputs: { x, weights: filter, ...inputs },
      outputs: { y },
      constants: { ...plan.constants, filters: outChannels, ...constants },
      workgroups: plan.workgroups,
    });
    return y;
  };
}

const perFilter = (lanes: LaneCount, names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, elementOf[lanes]]));
