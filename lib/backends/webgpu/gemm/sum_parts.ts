import type { TensorInfo } from "@tensorflow/tfjs";
import { launch } from "../runtime/launch.ts";
import type { Shader } from "../runtime/shader.ts";
import { sizeOf } from "../runtime/kernel.ts";
import type { WebGpuBackend } from "../runtime/tfjs_backend.ts";

const shader = {
  name: "sum of parts",
  inputs: { parts: "f32" },
  outputs: { sums: "f32" },
  constants: { size: "u32", count: "u32" },
  code: `
@compute @workgroup_size(64)
fn main(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  for (var i = id.x; i < constants.size; i += 64u * groups.x) {
    var sum = 0.0;
    for (var part = 0u; part < constants.count; part++) {
      sum += parts[part * constants.size + i];
    }
    sums[i] = sum;
  }
}`,
} as const satisfies Shader;

/**
 * The sum over the first axis. The parts are freed, where there are several.
 *
 * @param parts `[count, …shape]`.
 */
export function sumParts(
  backend: WebGpuBackend,
  parts: TensorInfo,
): TensorInfo {
  const [count, ...shape] = parts.shape as [number, ...number[]];
  // One part is the sum, in the same memory.
  if (count === 1) return { ...parts, shape };
  const sums = backend.makeTensorInfo(shape, "float32");
  const size = sizeOf(shape);
  launch(backend, shader, {
    inputs: { parts },
    outputs: { sums },
    constants: { size, count },
    workgroups: [Math.min(1024, Math.ceil(size / 64))],
  });
  backend.disposeData(parts.dataId);
  return sums;
}
