import type { TensorInfo } from "@tensorflow/tfjs";
import type { NormalizationWeights } from "../../engine/normalization_weights.ts";
import type { PartialMoments } from "../norm/partial_moments.ts";
import type { Call } from "../runtime/kernel.ts";
import { elementOf } from "../runtime/lanes.ts";
import { launch } from "../runtime/launch.ts";
import type { Shader } from "../runtime/shader.ts";
import {
  convolutionConstants,
  convolutionOpening,
  convolutionSums,
  writeResults,
} from "./convolution_code.ts";
import {
  leaveMoments,
  momentsDeclarations,
  writeMoments,
} from "./moments_code.ts";
import { planConvolution } from "./plan_convolution.ts";
import type { Convolved } from "./take_convolved.ts";
import { forVariants } from "./variants.ts";

/** Takes the weights that follow along, for which the next shader has no buffers left. */
const shaderOf = forVariants((variant) => {
  const { lanesIn, lanesOut } = variant;
  return {
    name: "measured convolution",
    inputs: {
      x: elementOf[lanesIn],
      weights: elementOf[lanesOut],
      gamma: "f32",
      beta: "f32",
      bias: "f32",
    },
    outputs: { z: elementOf[lanesOut], parts: "f32" },
    constants: { ...convolutionConstants, filters: "u32", tiles: "u32" },
    code: `alias Pixel = ${elementOf[lanesIn]};
${momentsDeclarations}
${convolutionOpening}
  ${convolutionSums(variant, "weights", "constants.filters")}
  ${writeResults(lanesOut, "z", (r, q) => `sum${r}_${q}`)}
  ${leaveMoments}
  ${writeMoments}
}`,
  } as const satisfies Shader;
});

/** A convolution, and the moments of its pixels by tiles; the caller owns both. */
export interface Measured {
  /** `[batch, height, width, filters]`. */
  z: TensorInfo;
  moments: PartialMoments;
}

/** Convolves images and measures the result, in one launch. */
export function convolveMeasured(
  { backend, output, zeros }: Call,
  { x, filter, windows }: Convolved,
  { gamma, beta, bias }: NormalizationWeights,
): Measured {
  const { batch, outHeight, outWidth, outChannels: filters } = windows;
  const plan = planConvolution(
    windows,
    backend.device.limits.maxComputeWorkgroupsPerDimension,
  );
  const { variant, tileRows, tiles, constants } = plan;
  const z = output([batch, outHeight, outWidth, filters]);
  const parts = output([2 * tiles + 3, filters]);
  // What has no values has no memory.
  const nothing = tiles === 0 ? [0, 1].map(() => zeros([4])) : [];
  const [from = x, to = z] = nothing;
  const [across, ...down] = plan.workgroups;
  launch(backend, shaderOf(variant), {
    inputs: { x: from, weights: filter, gamma, beta, bias },
    outputs: { z: to, parts },
    constants: { ...constants, filters, tiles },
    // One at least, for the weights.
    workgroups: tiles === 0 ? [across] : [across, ...down],
  });
  for (const { dataId } of nothing) backend.disposeData(dataId);
  const { rows } = constants;
  return { z, moments: { parts, tiles, tileRows, rows } };
}
