import * as tf from "@tensorflow/tfjs";
import { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { deviceName, findAdapter } from "./adapter.ts";
import { asDeviceBackend, type DeviceBackend } from "./device_backend.ts";
import { DeviceError, isLost } from "./device_errors.ts";
import { cureFor, platform } from "./no_device.ts";
import { watchBackend } from "./watch_backend.ts";

/** What kernels can make use of; none of it is needed. */
const features = ["timestamp-query", "shader-f16", "subgroups"];

/**
 * Lets tfjs make its 'webgpu' backend as this library needs it: on a device with all
 * that its adapter has, where tfjs asks for six of its limits, and watched for
 * errors. A backend that runs already stays.
 */
export function registerBackend(): void {
  if (!runningBackend()) register(createBackend);
}

/**
 * Makes that backend now, so that an error says why it does not start. One that runs
 * stays, unless its device is lost: then its tensors are lost too.
 *
 * @throws {DeviceError} As {@linkcode createBackend}.
 */
export async function startBackend(): Promise<void> {
  const running = runningBackend();
  // A device reports its loss in a later turn of the event loop.
  if (running) await new Promise((resolve) => setTimeout(resolve));
  if (running && !isLost(running.device)) return watchBackend(running);
  const backend = await createBackend();
  register(() => backend);
}

function runningBackend(): DeviceBackend | undefined {
  const backend: unknown = tf.engine().registry.webgpu;
  return backend ? asDeviceBackend(backend) : undefined;
}

function register(
  make: () => tf.KernelBackend | Promise<tf.KernelBackend>,
): void {
  if ("webgpu" in tf.engine().registryFactory) tf.removeBackend("webgpu");
  tf.registerBackend("webgpu", make, priority);
}

/** As tfjs's own: a program that names no backend gets the one of highest priority. */
const priority = 3;

/**
 * A tfjs backend on the fastest device here.
 *
 * @throws {DeviceError} If there is none, with what helps on this system, or it does
 * not start.
 */
export async function createBackend(): Promise<tf.KernelBackend> {
  const adapter = await findAdapter();
  if (!adapter) {
    const message =
      "Cannot use the webgpu backend: expected a GPU, got no adapter from WebGPU. ";
    const report = { fault: "missing", reason: "no adapter" } as const;
    throw new DeviceError(message + cureFor(platform()), report);
  }
  const device = await startDevice(adapter);
  const backend = new WebGPUBackend(device, adapter.info);
  watchBackend(asDeviceBackend(backend));
  return backend;
}

async function startDevice(adapter: GPUAdapter): Promise<GPUDevice> {
  const present = features.filter((one) => adapter.features.has(one));
  try {
    return await adapter.requestDevice({
      requiredFeatures: present as GPUFeatureName[],
      requiredLimits: limitsOf(adapter),
    });
  } catch (error) {
    const { message: reason } = error as Error;
    throw new DeviceError(
      "Cannot use the webgpu backend: expected " +
        `${deviceName(adapter.info)} to start, got "${reason}"`,
      { fault: "missing", reason },
      { cause: error },
    );
  }
}

/** Limits that are read in a loop, as their getters are not the object's own. */
function limitsOf({ limits }: GPUAdapter): Record<string, number> {
  const all: Record<string, number> = {};
  for (const name in limits) {
    const value = limits[name as keyof GPUSupportedLimits];
    // A driver without a limit may say 2⁶⁴ − 1, which no request can hold.
    if (typeof value !== "number") continue;
    all[name] = Math.min(value, Number.MAX_SAFE_INTEGER);
  }
  return all;
}
