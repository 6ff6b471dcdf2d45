import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../../lib/backends/use_backend.ts";
import { findAdapter } from "../../../../lib/backends/webgpu/device/adapter.ts";
import { asDeviceBackend } from "../../../../lib/backends/webgpu/device/device_backend.ts";
import { assert, assertEquals, assertThrows } from "../../../assert.ts";
import { onDeviceTest } from "./on_device.ts";

onDeviceTest(
  "tf.setBackend() alone starts a device with all limits and features",
  async () => {
    await import("../../../../lib/backends/webgpu/mod.ts");
    assert(await tf.setBackend("webgpu"));
    await tf.ready();
    const { device } = asDeviceBackend(tf.backend());
    const adapter = await findAdapter();
    for (
      const name of [
        "maxStorageBuffersPerShaderStage",
        "maxComputeWorkgroupStorageSize",
        "maxStorageBufferBindingSize",
        "maxBufferSize",
        "maxComputeInvocationsPerWorkgroup",
      ] as const
    ) {
      assertEquals(device.limits[name], adapter!.limits[name], name);
    }
    for (const name of ["timestamp-query", "shader-f16", "subgroups"]) {
      assertEquals(
        device.features.has(name),
        adapter!.features.has(name),
        name,
      );
    }
  },
);

onDeviceTest("useBackend() takes a backend that runs already", async () => {
  const before = tf.backend();
  await useBackend("webgpu");
  assert(tf.backend() === before);
});

onDeviceTest(
  "tensors go from wasm to webgpu, and back when they were awaited",
  async () => {
    await useBackend("wasm");
    const x = tf.ones([5000]);
    await useBackend("webgpu");
    const y = tf.add(x, 1);
    assertThrows(
      () => y.dataSync(),
      TypeError,
      "Cannot read values of a tensor on the GPU at once: expected them to be awaited before, as in `await tensor.data()`",
    );
    assertEquals((await y.data())[4999], 2);
    assertEquals(y.dataSync()[4999], 2);
    await useBackend("wasm");
    const z = tf.mul(y, 3);
    assertEquals(z.dataSync()[4999], 6);
    await useBackend("webgpu");
    assertEquals((await tf.add(z, x).data())[4999], 7);
    tf.dispose([x, y, z]);
  },
);
