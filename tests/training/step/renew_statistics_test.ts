import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import { imagesToTensor } from "../../../lib/digits/images.ts";
import { NormalizedConvolution } from "../../../lib/nn2/layers/normalized_convolution.ts";
import { namedWeights } from "../../../lib/nn2/weights.ts";
import { createRandom } from "../../../lib/numeric/random.ts";
import { renewStatistics } from "../../../lib/training/step/renew_statistics.ts";
import { assert, assertEquals } from "../../assert.ts";
import { stripes } from "../digits.ts";

Deno.test("renewStatistics() measures images as they are and trains nothing", async () => {
  await useBackend("wasm");
  const layer = new NormalizedConvolution({
    ...{ name: "only", inputShape: [28, 28, 1] },
    ...{ filters: 4, kernelSize: 3, seed: 1 },
  });
  const model = tf.sequential({ layers: [layer] });
  const { kernel, movingMean, movingVariance } = layer.variables();
  movingMean.assign(tf.fill([4], 7));
  const kept = Object.entries(namedWeights(model))
    .filter(([name]) => !name.includes("moving"));
  const before = kept.map(([, variable]) => variable.dataSync().slice());
  // With one image every batch has the same mean and variance.
  const dataset = stripes(1, 1, 1);
  const moments = tf.tidy(() => {
    const z = tf.conv2d(
      imagesToTensor(dataset, [0]),
      kernel as unknown as tf.Tensor4D,
      1,
      "same",
    );
    const { mean, variance } = tf.moments(z, [0, 1, 2]);
    return [mean, variance].map((each) => each.dataSync().slice());
  });
  const held = tf.memory().numTensors;

  const input = { inputSize: 28, binarize: false } as const;
  renewStatistics(model, dataset, input, createRandom(1));

  [movingMean, movingVariance].forEach((variable, i) => {
    const start = [7, 1][i]!;
    variable.dataSync().forEach((value, channel) => {
      const rest = start - moments[i]![channel]!;
      assert(Math.abs(value - moments[i]![channel]! - 0.9 ** 44 * rest) < 1e-3);
      assert(Math.abs(rest) > 0.1, "the start was another");
    });
  });
  assertEquals(
    kept.map(([, variable]) => variable.dataSync().slice()),
    before,
  );
  assertEquals(tf.memory().numTensors, held);
  model.dispose();
});
