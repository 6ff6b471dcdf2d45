import { askOnce } from "../../../experiment/bench/runner.ts";
import type { GpuDevice } from "../programs/webgpu.ts";
import { denoProgram } from "./deno_program.ts";
import type { Subject } from "./subject.ts";

/** With whose kernels a GPU computes: this library's or tfjs's. */
export type GpuKernels = "ours" | "stock";

/** This library or tfjs as it comes on a GPU, both with tfjs's webgpu backend. */
export function webGpu(kernels: GpuKernels, device: string): Subject {
  const who = kernels === "ours"
    ? { engine: "ours", backend: "webgpu" } as const
    : { engine: "tfjs-webgpu" } as const;
  return { ...who, device, launch: launchOf(kernels) };
}

/**
 * The GPU that would be measured.
 *
 * @throws {Error} If there is none; the message says why.
 */
export async function findGpu(signal: AbortSignal): Promise<GpuDevice> {
  return await askOnce<GpuDevice>(launchOf("ours"), "device", signal);
}

function launchOf(kernels: GpuKernels) {
  const name = kernels === "ours" ? "ours on a GPU" : "tfjs webgpu";
  // tfjs asks for no permission, and ours reads the digits' files.
  return denoProgram(name, "webgpu.ts", [kernels], {
    options: ["--allow-env=DENO_V8_FLAGS", "--allow-read"],
  });
}
