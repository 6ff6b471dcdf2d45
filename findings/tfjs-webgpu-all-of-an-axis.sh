#!/usr/bin/env bash
# all() over the first of three axes on tfjs-backend-webgpu 4.22.0 gives what was in
# memory before, as the shader that transposes booleans is not valid WGSL: it hands
# whole numbers to a function of floats. Expected, by hand: all four comparisons are
# true. The cpu backend of the same version gives that.
# Needs Deno and a WebGPU device; Mesa's software device (mesa-vulkan-drivers) will do.
set -euo pipefail
cd "$(mktemp -d)" && trap 'rm -rf "$PWD"' EXIT
cat > seen.ts <<'TS'
import assert from "node:assert/strict";
import * as tf from "npm:@tensorflow/tfjs@4.22.0";
import "npm:@tensorflow/tfjs-backend-webgpu@4.22.0";

const seen: Record<string, number[]> = {};
for (const backend of ["cpu", "webgpu"]) {
  await tf.setBackend(backend);
  const isAbove = tf.greater(tf.fill([1000, 2, 2], 3), 2);
  seen[backend] = [...await tf.all(isAbove, 0).data()];
}
console.log("tfjs-backend-webgpu 4.22.0");
console.log("expected:", [1, 1, 1, 1], "\nseen:    ", seen.webgpu);
assert.deepEqual(seen.cpu, [1, 1, 1, 1]);
assert.notDeepEqual(seen.webgpu, seen.cpu);
TS
deno run --quiet --no-config --no-check --allow-env --allow-read seen.ts
