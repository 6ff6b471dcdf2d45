/** NN2 against PyTorch's in float64, whose results make_golden.py wrote down. */
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import { createNN2 } from "../../../lib/nn2/model.ts";
import { namedWeights } from "../../../lib/nn2/weights.ts";
import { batchTripletLoss } from "../../../lib/triplets/losses/batch_loss.ts";
import { squaredDistances } from "../../../lib/triplets/distances/distances.ts";
import { mineTriplets } from "../../../lib/triplets/miners/mine.ts";
import { assert, assertAlmostEquals, assertEquals } from "../../assert.ts";
import golden from "../../fixtures/nn2_golden.json" with { type: "json" };
import { goldenImages, goldenName, setGoldenWeights } from "./golden.ts";
import { assertClose } from "../layers/finite_differences.ts";

const TOLERANCE = 1e-4;
const { labels, margin } = golden;

for (const normalization of ["none", "batch", "lrn"] as const) {
  const expected = golden[normalization];

  Deno.test(`createNN2() has PyTorch's embeddings, triplets, loss and gradients with normalization ${normalization}`, async () => {
    await useBackend("wasm");
    const before = tf.memory().numTensors;
    const model = createGoldenModel(normalization);
    const variables = goldenVariables(model);
    tf.tidy(() => {
      const { embeddings, loss, gradients } = learn(model, normalization);
      assertClose(embeddings, tf.tensor(expected.embeddings), TOLERANCE);
      assertEquals(triplets(embeddings), expected.triplets);
      assertAlmostEquals(loss, expected.loss, TOLERANCE * expected.loss);
      for (const [name, digest] of Object.entries(expected.gradients)) {
        assertDigest(name, gradients[variables[name]!.name]!, digest);
      }
      for (const [name, variable] of Object.entries(variables)) {
        if (!variable.trainable || name in expected.gradients) continue;
        assertNoGradient(name, gradients, variables);
      }
    });
    model.dispose();
    assertEquals(tf.memory().numTensors, before);
  });
}

Deno.test("createNN2() moves its statistics as PyTorch's step does", async () => {
  await useBackend("wasm");
  const { moved } = golden.batch;
  const model = createGoldenModel("batch");
  const variables = goldenVariables(model);
  tf.tidy(() => {
    model.apply(images("batch"), { training: true });
    for (const [name, digest] of Object.entries(moved)) {
      assertDigest(name, variables[name]!, digest);
    }
  });
  model.dispose();
});

Deno.test("createNN2() embeds by its moving statistics as PyTorch does", async () => {
  await useBackend("wasm");
  const { inferenceEmbeddings } = golden.batch;
  const model = createGoldenModel("batch");
  tf.tidy(() => {
    const embeddings = model.predict(images("batch")) as tf.Tensor;
    assertClose(embeddings, tf.tensor(inferenceEmbeddings), TOLERANCE);
  });
  model.dispose();
});

Deno.test("createNN2() has PyTorch's embeddings on the cpu backend too", async () => {
  await useBackend("cpu");
  const model = createGoldenModel("batch");
  tf.tidy(() => {
    const embeddings = model.apply(images("batch"), { training: true });
    assertClose(
      embeddings as tf.Tensor,
      tf.tensor(golden.batch.embeddings),
      TOLERANCE,
    );
  });
  model.dispose();
});

type Normalization = "none" | "batch" | "lrn";

function createGoldenModel(normalization: Normalization): tf.LayersModel {
  const model = createNN2({ normalization, seed: 0 });
  setGoldenWeights(model, golden[normalization].seed);
  return model;
}

/** The variables by their names in the fixture. */
function goldenVariables(model: tf.LayersModel): Record<string, tf.Variable> {
  return Object.fromEntries(
    Object.entries(namedWeights(model)).map((
      [name, variable],
    ) => [goldenName(name), variable]),
  );
}

function images(normalization: Normalization): tf.Tensor4D {
  const { seed, brightness } = golden[normalization];
  return goldenImages(seed, labels, brightness);
}

/** One training step up to the gradients. */
function learn(model: tf.LayersModel, normalization: Normalization) {
  let embeddings: tf.Tensor2D | undefined;
  const { value, grads } = tf.variableGrads(() => {
    embeddings = model.apply(images(normalization), {
      training: true,
    }) as tf.Tensor2D;
    tf.keep(embeddings);
    return batchTripletLoss("semi-hard", embeddings, labels, { margin });
  });
  const copy = tf.clone(embeddings!);
  embeddings!.dispose();
  return { embeddings: copy, loss: value.dataSync()[0]!, gradients: grads };
}

/** The mined triplets as rows of anchor, positive, negative. */
function triplets(embeddings: tf.Tensor2D): number[][] {
  const distances = squaredDistances(embeddings);
  const mined = mineTriplets("semi-hard", distances, labels, { margin });
  return Array.from(
    mined.anchors,
    (anchor, i) => [anchor, mined.positives[i]!, mined.negatives[i]!],
  );
}

/** Compares norm, sum and eight entries, relative to the tensor's norm. */
function assertDigest(name: string, tensor: tf.Tensor, digest: number[]): void {
  const [norm, sum, ...entries] = digest as [number, number, ...number[]];
  const values = tensor.dataSync<"float32">();
  const near = (what: string, actual: number, expected: number, by: number) =>
    assert(
      Math.abs(actual - expected) <= TOLERANCE * by,
      `${what} of ${name}: expected ${expected} ± ${
        TOLERANCE * by
      }, got ${actual}`,
    );
  near("norm", euclidean(values), norm, norm);
  // As far off as a vector of that length can put its sum.
  const reach = norm * Math.sqrt(values.length);
  near("sum", values.reduce((a, b) => a + b, 0), sum, reach);
  entries.forEach((entry, j) => {
    const i = Math.floor((j + 0.5) * values.length / 8);
    near(`entry ${i}`, values[i]!, entry, norm / Math.sqrt(values.length));
  });
}

/** Batch normalization takes a convolution's bias out again. */
function assertNoGradient(
  name: string,
  gradients: tf.NamedTensorMap,
  variables: Record<string, tf.Variable>,
): void {
  const gradient = gradients[variables[name]!.name]!.dataSync<"float32">();
  assertEquals(euclidean(gradient), 0, name);
}

function euclidean(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}
