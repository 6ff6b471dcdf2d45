import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import { createNN2 } from "../../../lib/nn2/model.ts";
import { createEngine } from "../../../lib/training/create_engine.ts";
import { assert, assertEquals, assertRejects } from "../../assert.ts";
import { permittedTest } from "../../permitted.ts";
import {
  imagesOf,
  rightImages,
  rightLabels,
  weightsOf,
  wrongFor,
} from "../wrong_images.ts";

const how = { rule: "batch-hard", margin: 0.2 } as const;

permittedTest(
  "a team refuses images that do not fit, and goes on as if nothing had been",
  ["read"],
  async () => {
    await useBackend("wasm");
    const create = () => createNN2({ embeddingSize: 4, seed: 1 });
    const [model, twin] = [create(), create()];
    const engines = [
      await createEngine({ model, ...how }, 2),
      await createEngine({ model: twin, ...how }, 2),
    ] as const;
    try {
      const [engine] = engines;
      const right = rightImages([8, 28, 28, 1]);
      const labels = rightLabels;
      const step = { images: right, labels, seed: 1 };
      for (const each of engines) await each.step(step, 1e-3);
      const adam = await engine.adam();
      for (const wrong of wrongFor(28, 1)) {
        const images = imagesOf(wrong);
        const { numTensors } = tf.memory();
        const batch = { images, labels: wrong.labels ?? labels, seed: 1 };
        await assertRejects(
          () => engine.step(batch, 1e-3),
          RangeError,
          wrong.expected,
        );
        assertEquals(tf.memory().numTensors, numTensors);
        images.dispose();
      }
      assertEquals(await engine.adam(), adam);
      for (const each of engines) {
        await each.step(step, 1e-3);
        each.sync();
      }
      assertEquals(weightsOf(model), weightsOf(twin));
      assert(weightsOf(model).flatMap((w) => [...w]).every(Number.isFinite));
      right.dispose();
    } finally {
      for (const engine of engines) engine.dispose();
      model.dispose();
      twin.dispose();
    }
  },
);
