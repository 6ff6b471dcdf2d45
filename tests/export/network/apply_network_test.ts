import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import { applyNetwork } from "../../../lib/export/network/apply_network.ts";
import { foldBatchNormalization } from "../../../lib/export/network/fold.ts";
import { networkParts } from "../../../lib/export/network/network_parts.ts";
import { assert, assertEquals, assertThrows } from "../../assert.ts";
import { randomImages, randomNetwork } from "../networks.ts";

for (const inputSize of [28, 224] as const) {
  for (const normalization of ["none", "batch", "lrn"] as const) {
    Deno.test(`applyNetwork() at ${inputSize}×${inputSize} with normalization ${normalization} embeds as the model does`, async () => {
      await useBackend("wasm", { threads: 1 });
      const network = randomNetwork(normalization, inputSize);
      const { nodes, weights } = foldBatchNormalization(
        await networkParts("apply", network),
      );
      const tensors = Object.fromEntries(
        Object.entries(weights).map((
          [name, { data, shape }],
        ) => [name, tf.tensor(data, shape)]),
      );
      const count = inputSize === 28 ? 3 : 1;
      const images = randomImages(network, count);
      const before = tf.memory().numTensors;
      const ours = applyNetwork(nodes, tensors, images);
      assertEquals(tf.memory().numTensors, before + 1);
      const theirs = network.model.predict(images) as tf.Tensor;
      const far = tf.max(tf.abs(tf.sub(ours, theirs))).dataSync()[0]!;
      assertEquals(ours.shape, [count, 8]);
      assert(far < 1e-5, `${far}`);

      const { "conv1/bias": _, ...less } = tensors;
      assertThrows(
        () => applyNetwork(nodes, less, images),
        RangeError,
        "Cannot apply a network: expected conv1/bias, got none",
      );
      tf.dispose([ours, theirs, images, tensors]);
      network.model.dispose();
    });
  }
}
