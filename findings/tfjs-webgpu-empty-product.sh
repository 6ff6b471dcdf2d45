#!/usr/bin/env bash
# matMul of [2, 0] and [0, 3] on tfjs-backend-webgpu 4.22.0 gives what was in memory
# before. Expected, by the definition: each entry is an empty sum, so all six are 0. The
# cpu backend of the same version gives that.
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
  // Leaves a buffer of six values to be used again.
  const former = tf.add(tf.fill([40, 50], 7), 0).slice([0, 0], [2, 3]);
  await former.data();
  former.dispose();
  const product = tf.matMul(tf.ones([2, 0]), tf.ones([0, 3]));
  seen[backend] = [...await product.data()];
}
console.log("tfjs-backend-webgpu 4.22.0");
console.log("expected:", seen.cpu, "\nseen:    ", seen.webgpu);
assert.deepEqual(seen.cpu, [0, 0, 0, 0, 0, 0]);
assert.notDeepEqual(seen.webgpu, seen.cpu);
TS
deno run --quiet --no-config --no-check --allow-env --allow-read seen.ts
