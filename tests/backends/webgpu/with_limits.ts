import type { WebGpuBackend } from "../../../lib/backends/webgpu/runtime/tfjs_backend.ts";

/** Runs something on a device that says that it has other limits. */
export async function withLimits<T>(
  backend: WebGpuBackend,
  limits: Partial<Record<keyof GPUSupportedLimits, number>>,
  run: () => T | Promise<T>,
): Promise<T> {
  const { device } = backend;
  backend.device = new Proxy(device, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      if (key === "limits") return { ...allOf(target.limits), ...limits };
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  try {
    return await run();
  } finally {
    backend.device = device;
  }
}

/** Limits that are read in a loop, as their getters are not the object's own. */
function allOf(limits: GPUSupportedLimits): Record<string, number> {
  const all: Record<string, number> = {};
  for (const name in limits) {
    all[name] = Number(limits[name as keyof GPUSupportedLimits]);
  }
  return all;
}
