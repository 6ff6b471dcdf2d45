import * as tf from "@tensorflow/tfjs";
import { createNN2 } from "../../lib/nn2/model.ts";
import { presets } from "../../lib/training/settings/settings.ts";
import { workersFor } from "../../lib/training/workers.ts";
import { assertEquals, assertThrows } from "../assert.ts";
import { permittedTest } from "../permitted.ts";
import { smallNetwork } from "./small_network.ts";

/** A batch of 120 images on wasm. */
const quick = { ...presets.quick, imagesPerClass: 12 };
const cores = navigator.hardwareConcurrency;

permittedTest(
  "workersFor() takes one worker for each core, with 8 images at least",
  ["read"],
  async () => {
    await tf.setBackend("cpu");
    for (const normalization of ["batch", "none", "lrn"] as const) {
      const model = createNN2({ normalization, embeddingSize: 2, seed: 1 });
      assertEquals(workersFor(model, quick), Math.min(cores, 15));
      const few = { ...quick, classesPerBatch: 3, imagesPerClass: 5 };
      assertEquals(workersFor(model, few), 1);
      model.dispose();
    }
  },
);

Deno.test("workersFor() takes one worker where a batch cannot be divided", async () => {
  await tf.setBackend("cpu");
  const model = smallNetwork({ statistics: false });
  assertEquals(workersFor(model, { ...quick, backend: "cpu" }), 1);
  assertEquals(workersFor(smallNetwork(), quick), 1);
});

Deno.test("workersFor() refuses a number of workers that cannot work", async () => {
  await tf.setBackend("cpu");
  const model = smallNetwork({ statistics: false });
  assertEquals(workersFor(model, { ...quick, workers: 120 }), 120);
  const cases = [
    [
      model,
      { workers: 121 },
      "121 workers: expected at most one for each of the 120 images of a batch",
    ],
    [
      model,
      { workers: 2, backend: "cpu" },
      "2 workers: expected the backend wasm, or one worker, got cpu",
    ],
    [smallNetwork(), { workers: 2 }, "got the batch normalization norm"],
  ] as const;
  for (const [network, changes, message] of cases) {
    assertThrows(
      () => workersFor(network, { ...quick, ...changes }),
      RangeError,
      message,
    );
  }
  // One is always possible.
  assertEquals(workersFor(smallNetwork(), { ...quick, workers: 1 }), 1);
});
