/** NN2 on a device against PyTorch's in float64; see tests/nn2/golden. */
import * as tf from "@tensorflow/tfjs";
import { forwardPass } from "../../../../lib/training/step/forward_pass.ts";
import { trainableVariables } from "../../../../lib/training/step/training.ts";
import { tripletLossAndGradient } from "../../../../lib/triplets/losses/loss_and_gradient.ts";
import { squaredDistances } from "../../../../lib/triplets/distances/distances.ts";
import { mineTriplets } from "../../../../lib/triplets/miners/mine.ts";
import { assert, assertAlmostEquals, assertEquals } from "../../../assert.ts";
import golden from "../../../fixtures/nn2_golden.json" with { type: "json" };
import {
  assertDigest,
  assertNoGradient,
  createGoldenModel,
  goldenVariables,
  images,
} from "../../../nn2/golden/learned.ts";
import {
  asHardware,
  deviceTest,
  heldBy,
  useWebGpu,
  valuesOf,
} from "../device.ts";

const { labels, margin } = golden;

/** tfjs's convolutions, which the networks without our kernels go by, sum in a row. */
const TOLERANCE = 3e-4;

for (
  const [normalization, code] of [
    ["none", "its own"],
    ["batch", "its own"],
    ["lrn", "its own"],
    // What a GPU would run, on whatever is here.
    ["batch", "a GPU's"],
  ] as const
) {
  const expected = golden[normalization];

  deviceTest(
    `a device has PyTorch's embeddings, triplets, loss and gradients with normalization ${normalization} by ${code} code`,
    async () => {
      const backend = await useWebGpu();
      const held = heldBy(backend);
      const model = createGoldenModel(normalization);
      const variables = goldenVariables(model);
      const batch = images(normalization);
      const trainable = Object.values(trainableVariables(model));
      const byCode = <T>(work: () => T): T =>
        code === "a GPU's" ? asHardware(backend, work) : work();
      const pass = byCode(() =>
        forwardPass({ model, variables: trainable }, batch)
      );
      const [values] = await valuesOf(pass.embeddings);
      const [count, size] = pass.embeddings.shape;
      assertVector(values!, expected.embeddings.flat());

      const points = { values: values!, count, size };
      const distances = tf.tidy(() => squaredDistances(points));
      await distances.data();
      const mined = mineTriplets("semi-hard", distances, labels, { margin });
      assertEquals(
        Array.from(
          mined.anchors,
          (anchor, i) => [anchor, mined.positives[i]!, mined.negatives[i]!],
        ),
        expected.triplets,
      );
      const { loss, gradient } = tripletLossAndGradient(
        "semi-hard",
        points,
        labels,
        { margin },
      );
      assertAlmostEquals(loss, expected.loss, TOLERANCE * expected.loss);

      const gradients = byCode(() => pass.backward(gradient));
      for (const [name, variable] of Object.entries(variables)) {
        if (!variable.trainable) continue;
        const [values] = await valuesOf(gradients[variable.name]!);
        const digests: Record<string, number[]> = expected.gradients;
        const digest = digests[name];
        if (digest) assertDigest(name, values!, digest, TOLERANCE);
        else assertNoGradient(name, values!);
      }
      if (normalization === "batch") {
        for (const [name, digest] of Object.entries(golden.batch.moved)) {
          const [values] = await valuesOf(variables[name]!);
          assertDigest(name, values!, digest, TOLERANCE);
        }
      }
      pass.dispose();
      tf.dispose([batch, distances, gradients]);
      model.dispose();
      assertEquals(heldBy(backend), held);
    },
  );
}

deviceTest(
  "a device embeds by its moving statistics as PyTorch does",
  async () => {
    await useWebGpu();
    const model = createGoldenModel("batch");
    const batch = images("batch");
    const embeddings = model.predict(batch) as tf.Tensor;
    const [values] = await valuesOf(embeddings);
    assertVector(values!, golden.batch.inferenceEmbeddings.flat());
    tf.dispose([batch, embeddings]);
    model.dispose();
  },
);

/** Asserts that values are the same, relative to the largest. */
function assertVector(actual: Float32Array, expected: number[]): void {
  assertEquals(actual.length, expected.length);
  const largest = Math.max(...expected.map(Math.abs));
  expected.forEach((value, i) =>
    assert(
      Math.abs(actual[i]! - value) <= TOLERANCE * largest,
      `expected ${value} for entry ${i}, got ${actual[i]}`,
    )
  );
}
