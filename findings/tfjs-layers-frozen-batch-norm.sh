#!/usr/bin/env bash
# A frozen batch normalization (trainable = false) of tfjs-layers 4.22.0 still
# normalizes by the batch and moves its statistics during fit(). Expected, from
# the Keras documentation of BatchNormalization ("the layer will run in
# inference mode, it will use its moving mean and the moving variance"): the
# statistics stay 0 and 1.
set -euo pipefail
cd "$(mktemp -d)" && trap 'rm -rf "$PWD"' EXIT
npm install --silent --no-audit --no-fund \
  @tensorflow/tfjs-core@4.22.0 \
  @tensorflow/tfjs-layers@4.22.0 \
  @tensorflow/tfjs-backend-cpu@4.22.0
cat > run.cjs <<'JS'
const assert = require("node:assert/strict");
const tf = require("@tensorflow/tfjs-core");
require("@tensorflow/tfjs-backend-cpu");
const { layers, sequential, version_layers } = require("@tensorflow/tfjs-layers");
tf.setBackend("cpu");
(async () => {
  const layer = layers.batchNormalization({ inputShape: [1], momentum: 0.5 });
  layer.trainable = false;
  const dense = layers.dense({ units: 1 });
  const model = sequential({ layers: [layer, dense] });
  model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
  await model.fit(tf.fill([4, 1], 8), tf.zeros([4, 1]), { verbose: 0 });
  const weights = layer.getWeights().map((weight) => weight.dataSync()[0]);
  const seen = weights.slice(2); // after gamma and beta
  console.log(`tfjs-layers ${version_layers}`);
  console.log("expected:", [0, 1], "\nseen:    ", seen);
  assert.deepEqual(seen, [4, 0.5], "it has changed");
})();
JS
node run.cjs
