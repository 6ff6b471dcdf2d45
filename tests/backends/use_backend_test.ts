import * as tf from "@tensorflow/tfjs";
import {
  type BackendName,
  useBackend,
} from "../../lib/backends/use_backend.ts";
import { assert, assertEquals, assertRejects } from "../assert.ts";
import { permittedTest } from "../permitted.ts";
import { onDeviceTest } from "./webgpu/device/on_device.ts";

for (const name of ["wasm", "cpu"] as const) {
  Deno.test(`useBackend() makes ${name} ready and describes it`, async () => {
    const { backend, threads, description } = await useBackend(name);
    assertEquals([backend, tf.getBackend()], [name, name]);
    const all = threads === 1 ? "1 thread" : `${threads} threads`;
    assert(description.includes(all), description);
    const sum = tf.tidy(() => tf.add(1, 2).dataSync()[0]);
    assertEquals(sum, 3);
  });
}

Deno.test("useBackend() refuses names and threads that cannot be", async () => {
  await assertRejects(
    () => useBackend("gpu" as BackendName),
    RangeError,
    'expected its name to be one of wasm, cpu, webgpu, auto, got "gpu"',
  );
  await assertRejects(
    () => useBackend("webgpu", { threads: 0 }),
    RangeError,
    "Cannot use a backend: expected threads to be a whole number from 1 to 256",
  );
});

/** What the program in worker.ts answers on a backend. */
async function answerOf(backend: string): Promise<unknown> {
  const worker = new Worker(import.meta.resolve("./worker.ts"), {
    type: "module",
    name: backend,
  });
  try {
    return await new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = (event) => {
        event.preventDefault();
        reject(new Error(event.message));
      };
    });
  } finally {
    worker.terminate();
  }
}

permittedTest("useBackend() trains inside a Worker", ["read"], async () => {
  const gradient = [3, 3, 1, 2];
  assertEquals(await answerOf("wasm"), { backend: "wasm", gradient });
});

onDeviceTest("useBackend() trains on a GPU inside a Worker", async () => {
  const gradient = [3, 3, 1, 2];
  assertEquals(await answerOf("webgpu"), { backend: "webgpu", gradient });
}, ["read"]);
