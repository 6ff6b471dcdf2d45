#!/usr/bin/env bash
# The gradient of maxPool3d on tfjs-backend-webgpu 4.22.0 goes to the wrong entries
# where a window's height and width differ. Expected, by hand: the window is the whole
# input, whose largest entry is the last one, so the derivative is 1 there and 0
# elsewhere. The cpu backend of the same version gives that.
# Needs Deno and a WebGPU device; Mesa's software device (mesa-vulkan-drivers) will do.
set -euo pipefail
cd "$(mktemp -d)" && trap 'rm -rf "$PWD"' EXIT
cat > seen.ts <<'TS'
import assert from "node:assert/strict";
import * as tf from "npm:@tensorflow/tfjs@4.22.0";
import "npm:@tensorflow/tfjs-backend-webgpu@4.22.0";

const gradient = tf.grad((x) =>
  tf.sum(tf.maxPool3d(x as tf.Tensor5D, [2, 1, 2], 1, "valid"))
);
const seen: Record<string, number[]> = {};
for (const backend of ["cpu", "webgpu"]) {
  await tf.setBackend(backend);
  const x = tf.tensor5d([1, 2, 3, 4], [1, 2, 1, 2, 1]);
  seen[backend] = [...await gradient(x).data()];
}
console.log("tfjs-backend-webgpu 4.22.0");
console.log("expected:", [0, 0, 0, 1], "\nseen:    ", seen.webgpu);
assert.deepEqual(seen.cpu, [0, 0, 0, 1]);
assert.notDeepEqual(seen.webgpu, seen.cpu);
TS
deno run --quiet --no-config --no-check --allow-env --allow-read seen.ts
