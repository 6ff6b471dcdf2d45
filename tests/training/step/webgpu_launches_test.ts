/** How often a training step tells a GPU to compute. */
import * as tf from "@tensorflow/tfjs";
import { launchesOf } from "../../../lib/backends/webgpu/runtime/submissions.ts";
import { createNN2 } from "../../../lib/nn2/model.ts";
import { createAdam } from "../../../lib/training/optimizer/adam.ts";
import { trainBatch } from "../../../lib/training/step/step.ts";
import { trainableVariables } from "../../../lib/training/step/training.ts";
import { assert } from "../../assert.ts";
import { deviceTest, useWebGpu } from "../../backends/webgpu/device.ts";

for (
  const [normalization, most] of [["batch", 400], ["none", 720], [
    "lrn",
    720,
  ]] as const
) {
  deviceTest(
    `a training step of NN2 on webgpu with the normalization ${normalization} takes at most ${most} launches`,
    async () => {
      const backend = await useWebGpu();
      const model = createNN2({ inputSize: 28, normalization, seed: 1 });
      const optimizer = createAdam(trainableVariables(model));
      const images = tf.randomUniform<tf.Rank.R4>([4, 28, 28, 1]);
      const training = {
        model,
        optimizer,
        miner: "batch-all",
        margin: 0.2,
      } as const;
      const before = launchesOf(backend);
      const { loss } = await trainBatch(training, images, [0, 0, 1, 1], 1e-3);
      const launches = launchesOf(backend) - before;
      assert(Number.isFinite(loss));
      assert(launches <= most, `${launches} launches`);
      optimizer.dispose();
      images.dispose();
      model.dispose();
    },
  );
}
