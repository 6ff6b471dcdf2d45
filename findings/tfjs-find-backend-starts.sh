#!/usr/bin/env bash
# findBackend of tfjs-core 4.22.0 starts the backend that it is asked about, and
# while that starts, the one in use counts as not initialized: the next operation
# throws. Its comment says that it finds a backend. Expected: a question changes
# nothing, and 1 + 2 is 3 on the cpu backend after it as before.
set -euo pipefail
cd "$(mktemp -d)" && trap 'rm -rf "$PWD"' EXIT
npm install --silent --no-audit --no-fund @tensorflow/tfjs@4.22.0 @tensorflow/tfjs-backend-wasm@4.22.0
node <<'JS'
const { setWasmPaths, version_wasm } = require("@tensorflow/tfjs-backend-wasm");
const tf = require("@tensorflow/tfjs");
setWasmPaths("node_modules/@tensorflow/tfjs-backend-wasm/dist/");
const assert = require("node:assert/strict");
const add = () => {
  try {
    return tf.add(1, 2).dataSync()[0];
  } catch (error) {
    return error.message;
  }
};
(async () => {
  await tf.setBackend("cpu");
  await tf.ready();
  const before = add();
  tf.findBackend("wasm");
  const after = add();
  console.log(`tfjs-core ${tf.version["tfjs-core"]}`);
  console.log("expected:", before, before, "\nseen:    ", before, after);
  assert.equal(before, 3);
  assert.match(`${after}`, /'cpu' has not yet been initialized/, "it has changed");
})();
JS
