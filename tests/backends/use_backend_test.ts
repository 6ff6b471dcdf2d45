import * as tf from "@tensorflow/tfjs";
import {
  type BackendName,
  useBackend,
} from "../../lib/backends/use_backend.ts";
import { assert, assertEquals, assertRejects } from "../assert.ts";
import { permittedTest } from "../permitted.ts";

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

Deno.test("useBackend() takes wasm where no webgpu is registered", async () => {
  assertEquals((await useBackend("auto")).backend, "wasm");
});

Deno.test("useBackend() does not fall back from what was asked for", async () => {
  await assertRejects(
    () => useBackend("webgpu"),
    Error,
    "Cannot use the webgpu backend: expected it to start, but no package has registered it",
  );
  await assertRejects(
    () => useBackend("gpu" as BackendName),
    RangeError,
    'expected its name to be one of wasm, cpu, webgpu, auto, got "gpu"',
  );
});

permittedTest("useBackend() trains inside a Worker", ["read"], async () => {
  const worker = new Worker(import.meta.resolve("./worker.ts"), {
    type: "module",
  });
  try {
    const answer = await new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = (event) => {
        event.preventDefault();
        reject(new Error(event.message));
      };
    });
    assertEquals(answer, { backend: "wasm", gradient: [3, 3, 1, 2] });
  } finally {
    worker.terminate();
  }
});
