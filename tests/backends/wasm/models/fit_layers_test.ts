import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../../lib/backends/use_backend.ts";
import { assertAlmostEquals } from "../../../assert.ts";
import { assertLosses, fitLosses, fits } from "../../cases/fit_layers.ts";

for (const [name, fit] of Object.entries(fits)) {
  Deno.test(`model.fit() trains as the cpu backend does: ${name}`, async () => {
    await useBackend("cpu");
    const expected = await fitLosses(fit);
    await useBackend("wasm");
    assertLosses(await fitLosses(fit), expected);
  });
}

Deno.test("model.fit() trains upSampling2d by the sums over its copies", async () => {
  // tfjs's cpu backend gets this gradient wrong.
  await useBackend("wasm");
  tf.tidy(() => {
    const dy = tf.randomNormal<tf.Rank.R4>([2, 8, 6, 3], 0, 1, "float32", 1);
    const upSample = (x: tf.Tensor) =>
      tf.image.resizeNearestNeighbor(x as tf.Tensor4D, [8, 6]);
    const dx = tf.grad(upSample)(tf.ones([2, 4, 3, 3]), dy);
    const expected = tf.mul(tf.avgPool(dy, 2, 2, "valid"), 4);
    const difference = tf.max(tf.abs(tf.sub(dx, expected))).dataSync()[0]!;
    assertAlmostEquals(difference, 0, 1e-5);
  });
});
