#!/usr/bin/env bash
# sign and log1p of tfjs-backend-wasm 4.22.0 are 0 for numbers near 0. Expected, as Math has them for 1e-8, and tfjs's
# cpu backend as float32: 1 and 1e-8.
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
  const x = tf.scalar(1e-8);
  const seen = [tf.sign(x), tf.log1p(x)].map((y) => y.dataSync()[0]);
  console.log(`tfjs-backend-wasm ${version_wasm}`);
  console.log("expected:", [1, Math.log1p(1e-8)]);
  console.log("seen:    ", seen);
  assert.deepEqual(seen, [0, 0], "it has changed");
})();
JS
