#!/usr/bin/env bash
# moments of tfjs-backend-wasm 4.22.0 add up in one float32 number, which loses
# more than a hundredth of the mean of a million values, and with it all of the
# variance. The values are 9999 and 10001 in turns. Expected, by hand and as
# numpy.mean and numpy.var give it also in float32: a mean of 10000 and a
# variance of 1.
set -euo pipefail
cd "$(mktemp -d)" && trap 'rm -rf "$PWD"' EXIT
npm install --silent --no-audit --no-fund @tensorflow/tfjs@4.22.0 @tensorflow/tfjs-backend-wasm@4.22.0
node <<'JS'
const { setWasmPaths, version_wasm } = require("@tensorflow/tfjs-backend-wasm");
const tf = require("@tensorflow/tfjs");
setWasmPaths("node_modules/@tensorflow/tfjs-backend-wasm/dist/");
const assert = require("node:assert/strict");
(async () => {
  await tf.setBackend("wasm");
  await tf.ready();
  const values = new Float32Array(2 ** 20).map((_, i) => 9999 + 2 * (i % 2));
  const { mean, variance } = tf.moments(tf.tensor1d(values));
  const seen = [mean.dataSync()[0], variance.dataSync()[0]];
  console.log(`tfjs-backend-wasm ${version_wasm}`);
  console.log("expected:", [10000, 1], "\nseen:    ", seen);
  assert.ok(seen[0] > 10100 && seen[1] > 10000, "it has changed");
})();
JS
