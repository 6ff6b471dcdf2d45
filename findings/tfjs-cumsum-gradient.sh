#!/usr/bin/env bash
# The gradient of cumsum along the first axis comes out transposed in tfjs-core
# 4.22.0 (where the matrix is not square, it throws). Expected, by hand: with y0
# = x0 and y1 = x0 + x1 in each column and weights [[1, 2], [3, 4]] on y, the
# derivatives are the sums of the weights from a row downwards, [[4, 6], [3,
# 4]]. A difference of values confirms the first row's second entry.
set -euo pipefail
cd "$(mktemp -d)" && trap 'rm -rf "$PWD"' EXIT
npm install --silent --no-audit --no-fund @tensorflow/tfjs@4.22.0
node <<'JS'
const tf = require("@tensorflow/tfjs");
const weights = tf.tensor2d([[1, 2], [3, 4]]);
const value = (x) => tf.sum(tf.mul(tf.cumsum(x, 0), weights));
const seen = tf.grad(value)(tf.zeros([2, 2])).arraySync();
const step = tf.tensor2d([[0, 1], [0, 0]]);
const assert = require("node:assert/strict");
console.log(`tfjs-core ${tf.version["tfjs-core"]}`);
console.log("expected:", [[4, 6], [3, 4]], "\nseen:    ", seen);
assert.equal(value(step).dataSync()[0] - value(tf.zeros([2, 2])).dataSync()[0], 6);
assert.deepEqual(seen, [[4, 3], [6, 4]], "it has changed");
JS
