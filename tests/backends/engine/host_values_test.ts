import * as tf from "@tensorflow/tfjs";
import { hostValues } from "../../../lib/backends/engine/host_values.ts";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import { assertEquals } from "../../assert.ts";
import { deviceTest, useWebGpuAlone } from "../webgpu/device.ts";

Deno.test("hostValues() leaves other backends than a GPU to be asked", async () => {
  for (const backend of ["cpu", "wasm"] as const) {
    await useBackend(backend);
    assertEquals(hostValues(tf.scalar(1)), undefined);
  }
});

deviceTest(
  "hostValues() gives values until the GPU takes them, and once they are read",
  async () => {
    await useWebGpuAlone();
    const x = tf.tensor1d([1, 2]);
    assertEquals(hostValues(x), Float32Array.of(1, 2));
    const y = tf.square(tf.tile(x, [2000]));
    assertEquals([hostValues(x), hostValues(y)], [undefined, undefined]);
    await y.data();
    assertEquals(hostValues(y)!.subarray(0, 2), Float32Array.of(1, 4));
    assertEquals(hostValues(x.toInt()), undefined);
    // Of another backend than the present one.
    await useBackend("cpu");
    assertEquals(hostValues(y)!.length, 4000);
    assertEquals(hostValues(tf.scalar(1)), undefined);
  },
);
