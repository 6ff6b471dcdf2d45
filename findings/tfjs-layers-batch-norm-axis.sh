#!/usr/bin/env bash
# layers.batchNormalization({ axis: 1 }) of tfjs-layers 4.22.0 normalizes along
# the wrong axis: its statistics are used as if they belonged to the last one.
# Expected, by hand from (x - mean) / sqrt(variance + epsilon): with means 0 and
# 10 of the two rows and inputs of 10, the first row is 10 / sqrt(1.001) = 9.995
# and the second is 0.
set -euo pipefail
cd "$(mktemp -d)" && trap 'rm -rf "$PWD"' EXIT
npm install --silent --no-audit --no-fund @tensorflow/tfjs@4.22.0
node <<'JS'
const tf = require("@tensorflow/tfjs");
const layer = tf.layers.batchNormalization({ axis: 1, epsilon: 1e-3 });
layer.build([null, 2, 2, 2]);
const [gamma, beta] = [tf.ones([2]), tf.zeros([2])];
layer.setWeights([gamma, beta, tf.tensor1d([0, 10]), tf.ones([2])]);
const output = layer.apply(tf.fill([1, 2, 2, 2], 10)).dataSync();
const seen = Array.from(output, (value) => value.toFixed(3)).join(" ");
const assert = require("node:assert/strict");
console.log(`tfjs-layers ${tf.version["tfjs-layers"]}`);
console.log("expected: 9.995 9.995 9.995 9.995 0.000 0.000 0.000 0.000");
console.log("seen:    ", seen);
const known = "9.995 0.000 9.995 0.000 9.995 0.000 9.995 0.000";
assert.equal(seen, known, "it has changed");
JS
