#!/usr/bin/env bash
# A seed of 0 means "no seed" to randomNormal of tfjs-core 4.22.0, so that its
# numbers differ from call to call. randomUniform takes it for a seed. Expected,
# from the documentation ("seed: The seed for the random number generator"): the
# same numbers for the same seed.
set -euo pipefail
cd "$(mktemp -d)" && trap 'rm -rf "$PWD"' EXIT
npm install --silent --no-audit --no-fund @tensorflow/tfjs@4.22.0
node <<'JS'
const tf = require("@tensorflow/tfjs");
const same = (draw) => String(draw().dataSync()) === String(draw().dataSync());
const normal = (seed) => same(() => tf.randomNormal([8], 0, 1, "float32", seed));
const uniform = (seed) => same(() => tf.randomUniform([8], 0, 1, "float32", seed));
const assert = require("node:assert/strict");
console.log(`tfjs-core ${tf.version["tfjs-core"]}`);
console.log("expected: seed 0 repeats randomNormal: true");
console.log("seen:     seed 0 repeats randomNormal:", normal(0));
assert.ok(normal(1) && uniform(1) && uniform(0), "other seeds have changed");
assert.equal(normal(0), false, "it has changed");
JS
