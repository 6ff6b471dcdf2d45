import { labelOf } from "../../../backends/engine/label.ts";
import type {
  KernelProfile,
  KernelTotal,
} from "../../../backends/engine/profile.ts";
import { timeLaunches } from "./timestamps.ts";
import { wrapKernels } from "../../../backends/engine/wrap_kernels.ts";

/** What the launches of one shader cost. */
export interface ShaderTotal {
  name: string;
  launches: number;
  seconds: number;
}

/** What some runs cost on a GPU, by kernels and by shaders. */
export interface LaunchProfile extends KernelProfile {
  kernels: Required<KernelTotal>[];
  shaders: ShaderTotal[];
}

/**
 * Times the shaders that the kernels of the current backend launch while `run` runs,
 * which awaits their end. What no kernel launches counts as "outside kernels".
 *
 * @param device The backend's, with the feature "timestamp-query".
 */
export async function profileLaunches(
  device: GPUDevice,
  run: () => Promise<void>,
): Promise<LaunchProfile> {
  const calls: { name: string; flop: number }[] = [];
  // A label is known after the call alone: its launches have the call's number.
  const running: number[] = [];
  const restore = wrapKernels((kernel, call, runKernel) => {
    const number = calls.push({ name: kernel, flop: 0 }) - 1;
    running.push(number);
    try {
      const output = runKernel();
      calls[number] = labelOf(kernel, call, output);
      return output;
    } finally {
      running.pop();
    }
  });
  const start = performance.now();
  let seconds: number;
  let launches;
  try {
    launches = await timeLaunches(device, () => running.at(-1), async () => {
      await run();
      seconds = (performance.now() - start) / 1000;
    });
  } finally {
    restore();
  }
  const kernels = new Map<string, Required<KernelTotal>>();
  const kernelOf = (name: string) => {
    const none = { name, calls: 0, seconds: 0, flop: 0, launches: 0 };
    const total = kernels.get(name) ?? none;
    kernels.set(name, total);
    return total;
  };
  for (const { name, flop } of calls) {
    const total = kernelOf(name);
    total.calls++;
    total.flop += flop;
  }
  const shaders = new Map<string, ShaderTotal>();
  for (const { shader: name, label, seconds } of launches) {
    const shader = shaders.get(name) ?? { name, launches: 0, seconds: 0 };
    shaders.set(name, shader);
    const kernel = kernelOf(
      label === undefined ? "outside kernels" : calls[label]!.name,
    );
    for (const total of [shader, kernel]) {
      total.launches++;
      total.seconds += seconds;
    }
  }
  return {
    seconds: seconds!,
    kernels: [...kernels.values()],
    shaders: [...shaders.values()],
  };
}
