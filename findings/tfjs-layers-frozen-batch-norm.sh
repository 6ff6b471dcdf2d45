#!/usr/bin/env bash
# A frozen batch normalization (trainable = false) of tfjs-layers 4.22.0 still
# normalizes by the batch and moves its statistics during fit(). Expected, from
# the Keras documentation of BatchNormalization, by which a frozen layer runs in
# inference mode: the statistics stay 0 and 1.
set -euo pipefail
cd "$(mktemp -d)" && trap 'rm -rf "$PWD"' EXIT
npm install --silent --no-audit --no-fund @tensorflow/tfjs@4.22.0
node <<'JS'
const tf = require("@tensorflow/tfjs");
const assert = require("node:assert/strict");
(async () => {
  const layer = tf.layers.batchNormalization({ inputShape: [1], momentum: 0.5 });
  layer.trainable = false;
  const dense = tf.layers.dense({ units: 1 });
  const model = tf.sequential({ layers: [layer, dense] });
  model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
  await model.fit(tf.fill([4, 1], 8), tf.zeros([4, 1]), { verbose: 0 });
  const weights = layer.getWeights().map((weight) => weight.dataSync()[0]);
  const seen = weights.slice(2); // after gamma and beta
  console.log(`tfjs-layers ${tf.version["tfjs-layers"]}`);
  console.log("expected:", [0, 1], "\nseen:    ", seen);
  assert.deepEqual(seen, [4, 0.5], "it has changed");
})();
JS
