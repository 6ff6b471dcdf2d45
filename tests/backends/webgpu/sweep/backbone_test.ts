/** The passes by hand on a device against tfjs's tape on the cpu backend. */
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../../lib/backends/use_backend.ts";
import { forwardPass } from "../../../../lib/training/step/forward_pass.ts";
import { trainableVariables } from "../../../../lib/training/step/training.ts";
import { assertEquals } from "../../../assert.ts";
import { branchedImages, branches } from "../../../nn2/backbone/networks.ts";
import {
  assertNear,
  normals,
  type Result,
  tensorOf,
} from "../../against_cpu.ts";
import { deviceTest, heldBy, useWebGpu } from "../device.ts";

const images = normals([5, 9, 8, 2], 1);
/** Makes the loss's gradient differ from number to number. */
const slopes = normals([5, 30], 2).values;

const resultOf = async (tensor: tf.Tensor): Promise<Result> => ({
  type: { shape: tensor.shape, dtype: tensor.dtype },
  data: await tensor.data(),
});

/** Embeddings, gradients in the weights, moved statistics, in their order. */
async function resultsOf(create: () => tf.LayersModel): Promise<Result[]> {
  const model = create();
  const variables = Object.values(trainableVariables(model));
  const batch = tensorOf(images) as tf.Tensor4D;
  const pass = forwardPass({ model, variables }, batch);
  const embeddings = await resultOf(pass.embeddings);
  const gradient = Float32Array.from(
    embeddings.data,
    (value, i) => 2 * value * slopes[i]!,
  );
  const gradients = pass.backward(gradient);
  pass.dispose();
  const all = [
    ...variables.map(({ name }) => gradients[name]!),
    ...model.nonTrainableWeights.map((weight) => weight.read()),
  ];
  const results = [embeddings, ...await Promise.all(all.map(resultOf))];
  tf.dispose([batch, gradients]);
  model.dispose();
  return results;
}

for (const create of [branches, branchedImages]) {
  deviceTest(
    `a training pass equals tfjs's tape on the cpu backend: ${create.name}`,
    async () => {
      await useBackend("cpu");
      const expected = await resultsOf(create);
      const backend = await useWebGpu();
      const held = heldBy(backend);
      assertNear(await resultsOf(create), expected, 1e-4);
      assertEquals(heldBy(backend), held);
    },
  );
}
