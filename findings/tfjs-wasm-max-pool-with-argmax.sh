#!/usr/bin/env bash
# maxPoolWithArgmax of tfjs-backend-wasm 4.22.0 finds nothing in a window whose
# values are all below 0: it begins with the smallest number above 0. Expected, as
# tfjs's cpu backend gives it: the greatest value, -1, and its index, 3.
set -euo pipefail
cd "$(mktemp -d)" && trap 'rm -rf "$PWD"' EXIT
npm install --silent --no-audit --no-fund @tensorflow/tfjs@4.22.0 @tensorflow/tfjs-backend-wasm@4.22.0
node <<'JS'
const { setWasmPaths, version_wasm } = require("@tensorflow/tfjs-backend-wasm");
const tf = require("@tensorflow/tfjs");
setWasmPaths("node_modules/@tensorflow/tfjs-backend-wasm/dist/");
const assert = require("node:assert/strict");
const pool = () => {
  const x = tf.tensor4d([-4, -3, -2, -1], [1, 2, 2, 1]);
  const { result, indexes } = tf.maxPoolWithArgmax(x, 2, 1, "valid");
  return [result.dataSync()[0], indexes.dataSync()[0]];
};
(async () => {
  await tf.setBackend("cpu");
  const expected = pool();
  await tf.setBackend("wasm");
  await tf.ready();
  const seen = pool();
  console.log(`tfjs-backend-wasm ${version_wasm}`);
  console.log("expected:", expected, "\nseen:    ", seen);
  assert.deepEqual(expected, [-1, 3]);
  assert.notDeepEqual(seen, expected, "it has changed");
})();
JS
