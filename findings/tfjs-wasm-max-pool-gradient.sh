#!/usr/bin/env bash
# The gradient of maxPool on tfjs-backend-wasm 4.22.0 does not go to the largest
# entry where that one is negative. Expected, by hand: the output is the largest
# entry, -1, so the derivative is 1 there and 0 elsewhere. The cpu backend of
# the same version gives that.
set -euo pipefail
cd "$(mktemp -d)" && trap 'rm -rf "$PWD"' EXIT
npm install --silent --no-audit --no-fund \
  @tensorflow/tfjs-core@4.22.0 \
  @tensorflow/tfjs-backend-cpu@4.22.0 \
  @tensorflow/tfjs-backend-wasm@4.22.0 \
  @tensorflow/tfjs-layers@4.22.0
cat > run.cjs <<'JS'
const assert = require("node:assert/strict");
const tf = require("@tensorflow/tfjs-core");
const { setWasmPaths, version_wasm } = require("@tensorflow/tfjs-backend-wasm");
setWasmPaths(`${__dirname}/node_modules/@tensorflow/tfjs-backend-wasm/dist/`);
require("@tensorflow/tfjs-layers"); // registers the gradients
require("@tensorflow/tfjs-backend-cpu");
async function slopes(backend) {
  await tf.setBackend(backend);
  await tf.ready();
  const gradient = tf.grad((x) => tf.sum(tf.maxPool(x, 2, 2, "valid")));
  return [...gradient(tf.tensor4d([-4, -3, -2, -1], [1, 2, 2, 1])).dataSync()];
}
(async () => {
  const expected = [0, 0, 0, 1];
  const seen = await slopes("wasm");
  console.log(`tfjs-backend-wasm ${version_wasm}`);
  console.log("expected:", expected, "\nseen:    ", seen);
  assert.deepEqual(await slopes("cpu"), expected, "cpu has changed");
  assert.deepEqual(seen, [1, 0, 0, 0], "wasm has changed");
})();
JS
node run.cjs
