import * as tf from "@tensorflow/tfjs";
import {
  DeviceError,
  deviceError,
  type DeviceReport,
  takeReport,
} from "./device_errors.ts";
import { asDeviceBackend, type DeviceBackend } from "./device_backend.ts";

/**
 * Throws what the GPU of the present backend has reported since it was last asked. A
 * GPU computes later than it is told to, so its errors come later too: an awaited read
 * brings all that came before it. On other backends nothing happens.
 *
 * @param action What was being done, in the words of an error: "train on 240 images".
 * @throws {DeviceError} If the device is lost or full, or did not take a command.
 *
 * @example
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * await tf.add(1, 2).data();
 * checkDevice("add");
 * ```
 */
export function checkDevice(action: string): void {
  const backend = presentBackend();
  const report = backend && takeReport(backend.device);
  if (report) throw deviceError(action, report);
}

/**
 * Does some work and awaits it. What the GPU reported meanwhile is thrown in place of
 * the errors that follow from it, such as that of an invalid buffer. After that, the
 * GPU's memory is tidied, so that a smaller batch can follow.
 *
 * @param action As for {@linkcode checkDevice}.
 * @throws {DeviceError} As {@linkcode checkDevice}; else what the work throws.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as tf from "@tensorflow/tfjs";
 *
 * await tf.setBackend("cpu");
 * const [sum] = await onDevice("add", () => tf.add(1, 2).data());
 * assert.equal(sum, 3);
 * ```
 */
export async function onDevice<T>(
  action: string,
  work: () => T | Promise<T>,
): Promise<T> {
  const backend = presentBackend();
  return backend ? await guarded(backend, action, work) : await work();
}

/** The same for a backend that need not be the present one. */
export async function guarded<T>(
  backend: DeviceBackend,
  action: string,
  work: () => T | Promise<T>,
): Promise<T> {
  const { device } = backend;
  let report: DeviceReport | undefined;
  try {
    const result = await work();
    report = takeReport(device);
    if (!report) return result;
  } catch (error) {
    report = error instanceof DeviceError
      ? error.report
      : await nextReport(device);
    if (!report) throw error;
  }
  if (report.fault !== "lost") await recover(backend);
  throw deviceError(action, report);
}

const presentBackend = (): DeviceBackend | undefined =>
  tf.getBackend() === "webgpu" ? asDeviceBackend(tf.backend()) : undefined;

/** Turns of the event loop in which a device reports what went wrong before. */
const turns = 10;

async function nextReport(
  device: GPUDevice,
): Promise<DeviceReport | undefined> {
  for (let turn = 0; turn < turns; turn++) {
    await new Promise((resolve) => setTimeout(resolve, turn));
    const report = takeReport(device);
    if (report) return report;
  }
}

/**
 * Sends off what was recorded before the fault, whose errors follow from it, and gives
 * the device back all buffers that wait for their next use: among them may be some
 * that it had no room for, which look like the others.
 */
async function recover(backend: DeviceBackend): Promise<void> {
  const { device, bufferManager } = backend;
  if (backend.commandEncoder) {
    backend.endComputePassEncoder();
    backend.submitQueue();
  }
  for (let next; (next = await nextReport(device));) {
    if (next.fault === "lost") return;
  }
  for (const buffers of bufferManager.freeBuffers.values()) {
    for (const buffer of buffers.splice(0)) {
      buffer.destroy();
      bufferManager.numFreeBuffers--;
      bufferManager.numBytesAllocated -= buffer.size;
    }
  }
}
