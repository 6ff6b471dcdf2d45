import type { TensorInfo } from "@tensorflow/tfjs";
import { any, type Call, sizeOf, webGpuKernel } from "../runtime/kernel.ts";
import { share } from "../runtime/share.ts";
import { type GradientWork, runGradients } from "./run_gradients.ts";

/**
 * The gradient of batch normalization and its ReLU, down to the convolution's result z
 * (`NormalizationGrad`, not part of tfjs): `{dy, z, constants}` → `[dz, dGamma, dBeta,
 * dBias]`. The last one is zeros, the gradient of the bias that the mean takes out.
 *
 * With `inPlace` dz takes the memory of dy, which nobody else may use then.
 *
 * With ẑ = (z − mean) · inverse,
 * dz = scale · (g − (Σ g + ẑ · Σ g·ẑ) / rows) = g · scale + (z − mean) · q + r.
 */
export const normalizationGradientKernel = webGpuKernel(
  "NormalizationGrad",
  (call) => gradientsOf(call, [""]),
);

/**
 * The same for several of one height and width, in the same launches
 * (`NormalizationGrads`): `{dy0, z0, constants0, dy1, …}` → `[dz0, dGamma0, dBeta0,
 * dBias0, dz1, …]`.
 */
export const normalizationGradientsKernel = webGpuKernel(
  "NormalizationGrads",
  (call) => {
    const numbers = Object.keys(call.inputs)
      .flatMap((name) => name.startsWith("z") ? [name.slice(1)] : []);
    return gradientsOf(call, numbers);
  },
);

function gradientsOf(call: Call, suffixes: readonly string[]): TensorInfo[] {
  const { inPlace = false } = call.attributes as { inPlace?: boolean };
  const all = suffixes.map((suffix): GradientWork => {
    const z = call.take(`z${suffix}`, [any, any, any, any]);
    const channels = z.shape[3]!;
    const dy = call.take(`dy${suffix}`, z.shape);
    const table = call.take(`constants${suffix}`, [4, channels]);
    const dz = inPlace ? share(call.backend, dy) : call.output(z.shape);
    const [dGamma, dBeta, dBias] = gradientsFor(call, z.shape);
    return { dy, z, table, outputs: { dz, dGamma, dBeta, dBias }, channels };
  });
  const rows = sizeOf(all[0]!.z.shape.slice(0, 3));
  if (rows > 0) runGradients(call, all, rows, inPlace);
  return all.flatMap(({ outputs }) => Object.values(outputs));
}

/** Those of gamma, beta and bias; where no row gives any, they are zeros. */
function gradientsFor({ backend, output }: Call, shape: readonly number[]) {
  const channels = shape[3]!;
  const make = () =>
    sizeOf(shape) > 0 ? output([channels]) : backend.makeTensorInfo(
      [channels],
      "float32",
      new Float32Array(channels),
    );
  return [make(), make(), make()] as const;
}
