import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import { createNN2 } from "../../../lib/nn2/model.ts";
import { lossAndGradients } from "../../../lib/training/step/gradients.ts";
import { trainableVariables } from "../../../lib/training/step/step.ts";
import { batchTripletLoss } from "../../../lib/triplets/losses/batch_loss.ts";
import { assert, assertAlmostEquals, assertEquals } from "../../assert.ts";

for (const normalization of ["none", "lrn"] as const) {
  Deno.test(`lossAndGradients() gives the same in parts, normalization ${normalization}`, async () => {
    await useBackend("wasm");
    const model = createNN2({ normalization, embeddingSize: 8, seed: 1 });
    const images = tf.randomUniform<tf.Rank.R4>(
      [5, 28, 28, 1],
      0,
      1,
      "float32",
      3,
    );
    let [lossCalls, held] = [0, tf.memory().numTensors];
    const gradients = (partSize?: number) => {
      const { value, grads } = lossAndGradients({
        model,
        variables: Object.values(trainableVariables(model)),
        images,
        partSize,
        loss(embeddings) {
          lossCalls++;
          assertEquals(embeddings.shape, [5, 8]);
          const margin = { margin: 0.2 };
          return batchTripletLoss(
            "batch-all",
            embeddings,
            [0, 0, 1, 1, 1],
            margin,
          );
        },
      });
      const values = Object.entries(grads).map(([name, gradient]) =>
        [name, gradient.dataSync<"float32">().slice()] as const
      );
      const loss = value.dataSync()[0]!;
      tf.dispose([value, grads]);
      assertEquals(tf.memory().numTensors, held);
      return { loss, values };
    };
    const whole = gradients();
    for (const partSize of [2, 4]) {
      const parts = gradients(partSize);
      assertAlmostEquals(parts.loss, whole.loss, 1e-6);
      whole.values.forEach(([name, expected], i) => {
        const [other, got] = parts.values[i]!;
        assertEquals(other, name);
        const size = expected.reduce((a, b) => Math.max(a, Math.abs(b)), 1e-6);
        const error = expected.reduce(
          (worst, value, j) => Math.max(worst, Math.abs(got[j]! - value)),
          0,
        );
        assert(error < 1e-4 * size, `${name}: ${error} of ${size}`);
      });
    }
    assertEquals(lossCalls, 3);
    images.dispose();
    model.dispose();
  });
}
