import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../lib/backends/use_backend.ts";
import { deviceName } from "../../lib/backends/webgpu/device/adapter.ts";
import { assert, assertEquals, assertRejects } from "../assert.ts";
import { onDeviceTest } from "./webgpu/device/on_device.ts";

/** Runs with another adapter than that of this machine, or with none. */
async function withAdapter(
  adapter: object | null,
  run: () => Promise<void>,
): Promise<void> {
  const { gpu } = navigator;
  const value = { requestAdapter: () => Promise.resolve(adapter) };
  Object.defineProperty(navigator, "gpu", { value, configurable: true });
  try {
    await run();
  } finally {
    Object.defineProperty(navigator, "gpu", { value: gpu, configurable: true });
  }
}

/** What an adapter says of itself. */
const info = (description: string, isFallbackAdapter = false) => ({
  ...{ vendor: "", architecture: "", device: "" },
  ...{ description, isFallbackAdapter },
});

Deno.test("useBackend() says what helps where WebGPU has no adapter", async () => {
  await useBackend("cpu");
  await withAdapter(null, async () => {
    const { message } = await assertRejects(
      () => useBackend("webgpu"),
      Error,
      "Cannot use the webgpu backend: expected a GPU, got no adapter from WebGPU. ",
    );
    assert(message.includes("DENO_WEBGPU_BACKEND"), message);
  });
  // None takes its place.
  assertEquals(tf.getBackend(), "cpu");
});

Deno.test("useBackend() says so where there is no WebGPU at all", async () => {
  const { gpu } = navigator;
  Object.defineProperty(navigator, "gpu", { value: undefined });
  try {
    const { backend, description } = await useBackend("auto");
    assertEquals(backend, "wasm");
    assert(
      description.endsWith("; chosen because WebGPU finds no GPU here"),
      description,
    );
    await assertRejects(() => useBackend("webgpu"), Error, "no adapter");
  } finally {
    Object.defineProperty(navigator, "gpu", { value: gpu });
  }
});

Deno.test("useBackend() takes wasm and the threads where auto finds software", async () => {
  const software = { info: info("llvmpipe (LLVM 15.0.6)", true) };
  await withAdapter(software, async () => {
    const auto = await useBackend("auto", { threads: 1 });
    assertEquals([auto.backend, auto.threads], ["wasm", 1]);
    assert(
      auto.description.endsWith(
        "; chosen because the only device of WebGPU is software: llvmpipe (LLVM 15.0.6)",
      ),
      auto.description,
    );
  });
});

Deno.test("useBackend() takes wasm where auto finds a GPU that does not start", async () => {
  const broken = {
    ...{ info: info("NVIDIA H200"), features: new Set(), limits: {} },
    requestDevice: () => Promise.reject(new TypeError("it is busy")),
  };
  await withAdapter(broken, async () => {
    const { backend, description } = await useBackend("auto");
    assertEquals(backend, "wasm");
    assert(
      /; chosen because the GPU does not start: .*"it is busy"/.test(
        description,
      ),
      description,
    );
    await assertRejects(
      () => useBackend("webgpu"),
      Error,
      'Cannot use the webgpu backend: expected NVIDIA H200 to start, got "it is busy"',
    );
  });
});

onDeviceTest(
  "useBackend() starts webgpu and says on which device",
  async () => {
    const adapter = await navigator.gpu.requestAdapter();
    const described = await useBackend("webgpu");
    assertEquals(tf.getBackend(), "webgpu");
    const { backend, threads, kernels, device, description } = described;
    assertEquals([backend, threads, kernels], ["webgpu", 1, "wgsl"]);
    assertEquals(device, deviceName(adapter!.info));
    const software = adapter!.info.isFallbackAdapter
      ? "a software device: "
      : "";
    assert(
      description.startsWith(
        `WebGPU on ${software}${device}, this library's kernels, TensorFlow.js `,
      ),
      description,
    );
    assertEquals(await useBackend("webgpu"), described);
    const sum = tf.add(tf.ones([5000]), 1);
    assertEquals((await sum.data())[0], 2);
    sum.dispose();
  },
);

onDeviceTest(
  "useBackend() takes webgpu where auto finds a real GPU",
  async () => {
    // The device of this machine under another name.
    const adapter = (await navigator.gpu.requestAdapter())!;
    const real = {
      ...{ info: info("NVIDIA H200"), features: adapter.features },
      limits: adapter.limits,
      requestDevice: (asked: GPUDeviceDescriptor) =>
        adapter.requestDevice(asked),
    };
    await useBackend("wasm");
    await withAdapter(real, async () => {
      const { backend, description } = await useBackend("auto", { threads: 1 });
      assertEquals([backend, tf.getBackend()], ["webgpu", "webgpu"]);
      assert(
        description.endsWith("; chosen because it is a real GPU"),
        description,
      );
    });
  },
);
