import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import { awaitPoints } from "../../../lib/numeric/embeddings.ts";
import { createNN2 } from "../../../lib/nn2/model.ts";
import {
  type ForwardPass,
  forwardPass,
} from "../../../lib/training/step/forward_pass.ts";
import { partedPass } from "../../../lib/training/step/parted_pass.ts";
import { trainableVariables } from "../../../lib/training/step/training.ts";
import { assert, assertAlmostEquals, assertEquals } from "../../assert.ts";

/** Embeddings and gradients of a pass, which is freed, for a given gradient. */
async function bothWays(pass: ForwardPass) {
  const { embeddings, backward, dispose } = pass;
  const { values, count, size } = await awaitPoints(embeddings);
  assertEquals([count, size, values.length], [5, 8, 40]);
  const gradients = backward(values.map((_, i) => Math.sin(i)));
  dispose();
  const read = Object.entries(gradients).map(([name, gradient]) =>
    [name, gradient.dataSync<"float32">().slice()] as const
  );
  tf.dispose(gradients);
  return { values, gradients: read };
}

for (const normalization of ["none", "lrn"] as const) {
  Deno.test(`partedPass() gives what forwardPass() does, normalization ${normalization}`, async () => {
    await useBackend("wasm");
    const model = createNN2({ normalization, embeddingSize: 8, seed: 1 });
    const variables = Object.values(trainableVariables(model));
    const network = { model, variables };
    const shape: [number, number, number, number] = [5, 28, 28, 1];
    const images = tf.randomUniform(shape, 0, 1, "float32", 3) as tf.Tensor4D;
    const held = tf.memory().numTensors;
    const whole = await bothWays(forwardPass(network, images));
    assertEquals(tf.memory().numTensors, held);
    for (const partSize of [2, 4]) {
      const parts = await bothWays(partedPass(network, images, partSize));
      assertEquals(tf.memory().numTensors, held);
      whole.values.forEach((value, i) =>
        assertAlmostEquals(parts.values[i]!, value, 1e-5)
      );
      whole.gradients.forEach(([name, expected], i) => {
        const [other, got] = parts.gradients[i]!;
        assertEquals(other, name);
        const size = expected.reduce((a, b) => Math.max(a, Math.abs(b)), 1e-6);
        const error = expected.reduce(
          (worst, value, j) => Math.max(worst, Math.abs(got[j]! - value)),
          0,
        );
        assert(error < 1e-4 * size, `${name}: ${error} of ${size}`);
      });
    }
    images.dispose();
    model.dispose();
  });
}
