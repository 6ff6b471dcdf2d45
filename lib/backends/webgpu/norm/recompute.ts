import { forEachElement, groupsFor } from "../runtime/elements.ts";
import { any, sizeOf, webGpuKernel } from "../runtime/kernel.ts";
import { elementOf, forLanes, lanesCode, lanesOf } from "../runtime/lanes.ts";
import { launch } from "../runtime/launch.ts";
import type { Shader } from "../runtime/shader.ts";

const shader = forLanes((lanes) =>
  ({
    name: "rectified normalization",
    inputs: { z: elementOf[lanes], table: elementOf[lanes] },
    outputs: { y: elementOf[lanes] },
    constants: { size: "u32", channels: "u32" },
    code: lanesCode[lanes] + forEachElement(`
    let c = i % constants.channels;
    let scale = table[2u * constants.channels + c];
    let beta = table[3u * constants.channels + c];
    let height = (z[i] - table[c]) * scale + beta;
    // As in the forward pass, a NaN stays.
    y[i] = select(height, Value(0.0), height < Value(0.0));`),
  }) as const satisfies Shader
);

/**
 * Makes a normalized convolution's y once more (`RecomputeNormalizedRelu`, not part of
 * tfjs): `{z, constants}` → y = relu((z − mean) · scale + beta).
 */
export const recomputeKernel = webGpuKernel(
  "RecomputeNormalizedRelu",
  (call) => {
    const z = call.take("z", [any, any, any, any]);
    const channels = z.shape[3]!;
    const table = call.take("constants", [4, channels]);
    const y = call.output(z.shape);
    const lanes = lanesOf(channels);
    const size = sizeOf(z.shape) / lanes;
    launch(call.backend, shader[lanes], {
      inputs: { z, table },
      outputs: { y },
      constants: { size, channels: channels / lanes },
      workgroups: groupsFor(size),
    });
    return y;
  },
);
