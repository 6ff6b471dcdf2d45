#!/usr/bin/env bash
# The gradient of maxPool on tfjs-backend-wasm 4.22.0 does not go to the largest
# entry where that one is negative. Expected, by hand: the output is the largest
# entry, -1, so the derivative is 1 there and 0 elsewhere. The cpu backend of
# the same version gives that.
set -euo pipefail
cd "$(mktemp -d)" && trap 'rm -rf "$PWD"' EXIT
npm install --silent --no-audit --no-fund @tensorflow/tfjs@4.22.0 @tensorflow/tfjs-backend-wasm@4.22.0
node <<'JS'
const { setWasmPaths, version_wasm } = require("@tensorflow/tfjs-backend-wasm");
const tf = require("@tensorflow/tfjs");
setWasmPaths("node_modules/@tensorflow/tfjs-backend-wasm/dist/");
const gradient = tf.grad((x) => tf.sum(tf.maxPool(x, 2, 2, "valid")));
const assert = require("node:assert/strict");
(async () => {
  const seen = {};
  for (const backend of ["cpu", "wasm"]) {
    await tf.setBackend(backend);
    const x = tf.tensor4d([-4, -3, -2, -1], [1, 2, 2, 1]);
    seen[backend] = [...gradient(x).dataSync()];
  }
  console.log(`tfjs-backend-wasm ${version_wasm}`);
  console.log("expected:", [0, 0, 0, 1], "\nseen:    ", seen.wasm);
  assert.deepEqual(seen, { cpu: [0, 0, 0, 1], wasm: [1, 0, 0, 0] });
})();
JS
