#!/usr/bin/env bash
# prelu of tfjs-backend-wasm 4.22.0 reads alpha as if it had the shape of the
# last axes. For x of shape [1, 2, 3] and alpha of shape [1, 2, 1], which
# broadcasts along the last axis, negative entries get another row's alpha.
# Expected, by hand from the documented definition, x < 0 ? alpha * x : x with
# broadcasting: row 0 has the slope 0.5, row 1 the slope -2. The cpu backend of
# the same version gives that.
set -euo pipefail
cd "$(mktemp -d)" && trap 'rm -rf "$PWD"' EXIT
npm install --silent --no-audit --no-fund @tensorflow/tfjs@4.22.0 @tensorflow/tfjs-backend-wasm@4.22.0
node <<'JS'
const { setWasmPaths, version_wasm } = require("@tensorflow/tfjs-backend-wasm");
const tf = require("@tensorflow/tfjs");
setWasmPaths("node_modules/@tensorflow/tfjs-backend-wasm/dist/");
async function prelu(backend) {
  await tf.setBackend(backend);
  await tf.ready();
  const x = tf.tensor3d([-1, -1, -1, -1, -1, -1], [1, 2, 3]);
  return [...tf.prelu(x, tf.tensor3d([0.5, -2], [1, 2, 1])).dataSync()];
}
const assert = require("node:assert/strict");
(async () => {
  const expected = [-0.5, -0.5, -0.5, 2, 2, 2];
  const seen = await prelu("wasm");
  console.log(`tfjs-backend-wasm ${version_wasm}`);
  console.log("expected:", expected, "\nseen:    ", seen);
  assert.deepEqual(await prelu("cpu"), expected, "cpu has changed");
  assert.deepEqual(seen, [-0.5, 2, -0.5, 2, -0.5, 2], "wasm has changed");
})();
JS
