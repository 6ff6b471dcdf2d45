#!/usr/bin/env bash
# tensor() of tfjs-core 4.22.0 takes a list of Float64Array for a vector with
# one entry a row: the columns are not in the shape, and there is no error.
# Expected, as rows of Float32Array and plain arrays give it: the shape [2, 3].
set -euo pipefail
cd "$(mktemp -d)" && trap 'rm -rf "$PWD"' EXIT
npm install --silent --no-audit --no-fund @tensorflow/tfjs@4.22.0
node <<'JS'
const tf = require("@tensorflow/tfjs");
const shapeOf = (rows) => tf.tensor(rows).shape;
const seen = shapeOf([Float64Array.of(1, 2, 3), Float64Array.of(4, 5, 6)]);
const assert = require("node:assert/strict");
console.log(`tfjs-core ${tf.version["tfjs-core"]}`);
console.log("expected:", [2, 3], "\nseen:    ", seen);
const float32 = [Float32Array.of(1, 2, 3), Float32Array.of(4, 5, 6)];
assert.deepEqual(shapeOf(float32), [2, 3]);
assert.deepEqual(seen, [2], "it has changed");
JS
