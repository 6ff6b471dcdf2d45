#!/usr/bin/env bash
# data() on tfjs-backend-webgpu 4.22.0 fails if the tensor is disposed before the values
# arrive, as variable.assign() does with a variable's former values. Expected: the
# values at the call, which the cpu backend of the same version gives.
# Needs Deno and a WebGPU device; Mesa's software device (mesa-vulkan-drivers) will do.
set -euo pipefail
cd "$(mktemp -d)" && trap 'rm -rf "$PWD"' EXIT
cat > seen.ts <<'TS'
import assert from "node:assert/strict";
import * as tf from "npm:@tensorflow/tfjs@4.22.0";
import "npm:@tensorflow/tfjs-backend-webgpu@4.22.0";

const seen: Record<string, number[] | string> = {};
for (const backend of ["cpu", "webgpu"]) {
  await tf.setBackend(backend);
  const x = tf.fill([3], 2);
  const values = x.data();
  x.dispose();
  seen[backend] = await values.then((each) => [...each], String);
}
console.log("tfjs-backend-webgpu 4.22.0");
console.log("expected:", [2, 2, 2], "\nseen:    ", seen.webgpu);
assert.deepEqual(seen.cpu, [2, 2, 2]);
assert.notDeepEqual(seen.webgpu, seen.cpu);
TS
deno run --quiet --no-config --no-check --allow-env --allow-read seen.ts
