#!/usr/bin/env bash
# A model with layers.batchNormalization({ scale: false }) cannot be trained
# with tfjs-layers 4.22.0: fit() throws an error that says nothing of the layer.
# Expected, from the documentation ("scale: If true, multiply by gamma. If
# false, gamma is not used") and from Keras: one step of training.
set -euo pipefail
cd "$(mktemp -d)" && trap 'rm -rf "$PWD"' EXIT
npm install --silent --no-audit --no-fund @tensorflow/tfjs@4.22.0
node <<'JS'
const tf = require("@tensorflow/tfjs");
async function fit(scale) {
  const layer = tf.layers.batchNormalization({ scale, inputShape: [2] });
  const model = tf.sequential({ layers: [layer] });
  model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
  const options = { verbose: 0 };
  return await model.fit(tf.ones([4, 2]), tf.zeros([4, 2]), options)
    .then(() => "trained", (error) => `${error.name}: ${error.message}`);
}
const assert = require("node:assert/strict");
(async () => {
  const seen = await fit(false);
  console.log(`tfjs-layers ${tf.version["tfjs-layers"]}`);
  console.log("expected: trained\nseen:    ", seen);
  assert.equal(await fit(true), "trained");
  assert.match(seen, /^TypeError/, "it has changed");
})();
JS
