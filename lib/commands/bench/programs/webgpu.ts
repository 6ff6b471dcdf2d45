/**
 * The subject that computes on a GPU. Its argument says with whose kernels: `ours`,
 * or `stock` for tfjs's own with the same network and the same reads.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../backends/use_backend.ts";
import {
  deviceName,
  isSoftwareDevice,
} from "../../../backends/webgpu/device/adapter.ts";
import { asWebGpuBackend } from "../../../backends/webgpu/runtime/tfjs_backend.ts";
import {
  type LaunchProfile,
  profileLaunches,
} from "../profile/launch_profile.ts";
import { countLaunches } from "../profile/launches.ts";
import {
  answerRequests,
  timed,
  type Workload,
} from "../../../experiment/bench/serve.ts";
import { inference, training } from "../../../experiment/bench/work.ts";

/** What a subject says about the GPU that it computes on. */
export interface GpuDevice {
  name: string;
  /** Whether the processor plays the GPU's part. */
  isSoftware: boolean;
}

/** A step that takes longer, in seconds, is not done again after a warm-up. */
const longStep = 30;

if (import.meta.main) {
  if (Deno.args[0] === "ours") await useBackend("webgpu");
  else await useStock();
  await answer();
}

/** tfjs's backend by itself, on the device that it chooses. */
async function useStock(): Promise<void> {
  await import("@tensorflow/tfjs-backend-webgpu");
  if (!await tf.setBackend("webgpu")) {
    throw new Error("expected tfjs's webgpu backend to start");
  }
}

async function answer(): Promise<void> {
  const backend = asWebGpuBackend(tf.backend());
  const { device } = backend;
  const background = {
    launches: countLaunches(),
    // A step ends with the update of the weights, which no read waits for.
    async finish() {
      backend.endComputePassEncoder();
      if (backend.commandEncoder) backend.submitQueue();
      await device.queue.onSubmittedWorkDone();
    },
  };
  await answerRequests({
    device: (): GpuDevice => ({
      name: deviceName(device.adapterInfo),
      isSoftware: isSoftwareDevice(device.adapterInfo),
    }),
    train: timed(training, background),
    infer: timed(inference, background),
    operations: (size, batch) =>
      profileStep(device, training(size!, batch!), background.finish),
  });
}

/** The launches of a training step. */
async function profileStep(
  device: GPUDevice,
  step: Workload,
  finish: () => Promise<void>,
): Promise<LaunchProfile> {
  if (!device.features.has("timestamp-query")) {
    throw new Error(
      'Cannot time shaders: expected the GPU to have the feature "timestamp-query", got none',
    );
  }
  const whole = async () => {
    await step();
    await finish();
  };
  const start = performance.now();
  const first = await profileLaunches(device, whole);
  const seconds = (performance.now() - start) / 1000;
  return seconds > longStep ? first : await profileLaunches(device, whole);
}
