#!/usr/bin/env bash
# @tensorflow/tfjs 4.22.0: two copies of the library on one page share an engine with
# its list of variables, but each counts the names of variables for itself. So the
# second copy cannot make, or load, a model with a layer of the same name as the first
# one's: "Variable with name … was already registered". One copy can, as often as it
# is asked: the name gets a number.
# Expected: two models by two copies, as by one.
set -euo pipefail
cd "$(mktemp -d)" && trap 'rm -rf "$PWD"' EXIT
for copy in first second; do
  mkdir "$copy"
  (cd "$copy" && npm init -y >/dev/null &&
    npm install --silent --no-fund --no-audit @tensorflow/tfjs@4.22.0)
done
cat > run.cjs <<'JS'
const assert = require("node:assert/strict");
console.warn = () => {};
const copies = ["first", "second"].map((copy) =>
  require(`./${copy}/node_modules/@tensorflow/tfjs`)
);
const make = (tf) =>
  tf.sequential({
    layers: [tf.layers.dense({ name: "dense", units: 1, inputShape: [2] })],
  });
const names = [make(copies[0]), make(copies[0])].map(({ weights }) =>
  weights[0].read().name
);
console.log("tfjs", copies[0].version.tfjs, "one copy, two models:", names.join());
assert.equal(new Set(names).size, 2);
assert.equal(copies[0].engine(), copies[1].engine());
let seen = "a model";
try {
  make(copies[1]);
} catch ({ message }) {
  seen = message;
}
console.log("expected of the other copy: a model");
console.log("seen:", seen);
assert.match(seen, /Variable with name dense\/kernel was already registered/, "it has changed");
JS
node run.cjs
