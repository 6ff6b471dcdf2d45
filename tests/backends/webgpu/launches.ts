import { launchesOf } from "../../../lib/backends/webgpu/runtime/submissions.ts";
import type { WebGpuBackend } from "../../../lib/backends/webgpu/runtime/tfjs_backend.ts";

/** How many shaders something launches. */
export function countLaunches(
  backend: WebGpuBackend,
  run: () => unknown,
): number {
  const before = launchesOf(backend);
  run();
  return launchesOf(backend) - before;
}
