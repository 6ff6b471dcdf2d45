/**
 * Tests on a WebGPU device. Where there is none they are ignored by name, so that the
 * tests pass on every machine.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import { assertEquals } from "../../assert.ts";
import { assertEqualsCpu, type Compute } from "../against_cpu.ts";
import type { WebGpuBackend } from "../../../lib/backends/webgpu/runtime/tfjs_backend.ts";

/** The device's adapter, or null. Asking needs no permission. */
export const adapter: GPUAdapter | null =
  await globalThis.navigator?.gpu?.requestAdapter() ?? null;

/** Why the tests of a device are ignored, or nothing where they run. */
const missing = adapter ? "" : " [needs a WebGPU device]";

/** What went wrong on a device without a word to the one who called. */
const failures: string[] = [];
const watched = new WeakSet<GPUDevice>();

/**
 * Registers a test that needs a WebGPU device. It begins with no backend in use, and
 * fails where the device has reported an error that nobody asked for.
 */
export function deviceTest(
  name: string,
  test: (context: Deno.TestContext) => void | Promise<void>,
): void {
  Deno.test({
    name: `${name}${missing}`,
    ignore: adapter === null,
    async fn(context) {
      failures.length = 0;
      let error: unknown;
      try {
        await test(context);
      } catch (thrown) {
        error = thrown;
      }
      await settled();
      if (failures.length > 0) {
        const text = `the device reports: ${failures.join("; ")}`;
        throw new Error(text, { cause: error });
      }
      if (error) throw error;
    },
  });
}

/**
 * Does some work with a device that says that it is a GPU: kernels choose the code that
 * they have for those.
 */
export function asHardware<T>({ device }: WebGpuBackend, work: () => T): T {
  const value = { vendor: "nvidia", architecture: "hopper", description: "" };
  Object.defineProperty(device, "adapterInfo", { value, configurable: true });
  try {
    return work();
  } finally {
    Reflect.deleteProperty(device, "adapterInfo");
  }
}

/** What the device has reported in this test, which is then not held against it. */
export const takeFailures = (): string[] => failures.splice(0);

/**
 * Makes 'webgpu' the current backend, with the kernels of lib/backends/webgpu. Errors
 * of its device count against the test that runs.
 */
export async function useWebGpu(): Promise<WebGpuBackend> {
  // Registers the backend and its kernels, whoever asked first.
  await import("../../../lib/backends/webgpu/mod.ts");
  await useBackend("webgpu");
  tf.env().set("WEBGPU_CPU_FORWARD", true);
  const backend = tf.backend() as unknown as WebGpuBackend;
  const { device } = backend;
  if (!watched.has(device)) {
    watched.add(device);
    device.addEventListener("uncapturederror", (event) => {
      event.preventDefault();
      const { error } = event as GPUUncapturedErrorEvent;
      failures.push(error.message.trim().split("\n").slice(0, 2).join(" "));
    });
    const create = device.createShaderModule.bind(device);
    device.createShaderModule = (descriptor) => {
      const { label, code } = descriptor;
      failures.push(
        ...componentWrites(code).map((name) => `${label}: ${name}`),
      );
      return create(descriptor);
    };
  }
  return backend;
}

/** The same, and small tensors are computed on the device too, not on the CPU. */
export async function useWebGpuAlone(): Promise<WebGpuBackend> {
  const backend = await useWebGpu();
  tf.env().set("WEBGPU_CPU_FORWARD", false);
  return backend;
}

/**
 * The common vectors of which a shader writes single components. A write may access all
 * of a vector, so that two invocations that write different components race: on Metal
 * and Direct3D they do.
 */
export function componentWrites(code: string): string[] {
  const vectors = code.matchAll(
    /var<(?:workgroup|storage)[^>]*> (\w+): array<(?:vec\d<\w+>|Value)/g,
  );
  const names = Array.from(vectors, ([, name]) => name!);
  return names.filter((name) =>
    new RegExp(
      `\\b${name}\\[[^;{}]*\\](\\.[xyzw]|\\[[^;{}]*\\])\\s*[-+*/]?=(?!=)`,
    ).test(code)
  );
}

/** Waits until all that was recorded has run, if 'webgpu' is the current backend. */
async function settled(): Promise<void> {
  if (tf.getBackend() !== "webgpu") return;
  const backend = tf.backend() as unknown as WebGpuBackend;
  backend.ensureCommandEncoderReady();
  backend.endComputePassEncoder();
  backend.submitQueue();
  await backend.queue.onSubmittedWorkDone();
}

/**
 * Holds a computation on the device against the cpu backend's, and what the device and
 * tfjs hold afterwards against what they did before.
 */
export async function assertDeviceEqualsCpu(
  compute: Compute,
  tolerance = 1e-4,
): Promise<void> {
  const backend = await useWebGpu();
  const held = heldBy(backend);
  await assertEqualsCpu(compute, tolerance, useWebGpu);
  await settled();
  assertEquals(heldBy(backend), held);
}

/** The values of tensors on any backend; the tensors stay. */
export async function valuesOf(
  ...tensors: tf.Tensor[]
): Promise<Float32Array[]> {
  const values = await Promise.all(tensors.map((tensor) => tensor.data()));
  return values.map((each) => Float32Array.from(each));
}

/** What tensors hold of the device and of tfjs: the same before and after, or it leaks. */
export function heldBy({ bufferManager }: WebGpuBackend) {
  const { numTensors, numDataBuffers } = tf.memory();
  const { numBytesUsed } = bufferManager;
  const buffers = bufferManager.getNumUsedBuffers();
  return { numTensors, numDataBuffers, numBytesUsed, buffers };
}
