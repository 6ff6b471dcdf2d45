#!/usr/bin/env bash
# A shader's loops on Mesa's llvmpipe (seen with 22.3.6) end after 65,536 rounds in all,
# without a word, so long sums are too small. Expected, by hand: a loop to 100,000 that
# adds 1 each time gives 100000, and one of 1,000 times 1,000 rounds 1000000.
# Needs Deno and that device alone (mesa-vulkan-drivers).
set -euo pipefail
cd "$(mktemp -d)" && trap 'rm -rf "$PWD"' EXIT
cat > seen.ts <<'TS'
import assert from "node:assert/strict";

const adapter = await navigator.gpu.requestAdapter();
const device = await adapter!.requestDevice();
const { COPY_DST, COPY_SRC, MAP_READ, STORAGE } = GPUBufferUsage;

async function count(loops: string): Promise<number> {
  const code = `@group(0) @binding(0) var<storage, read_write> counts: array<u32>;
@compute @workgroup_size(1) fn main() {
  let rounds = counts[0];
  var count = 0u;
  ${loops}
  counts[1] = count;
}`;
  const counts = device.createBuffer({ size: 8, usage: STORAGE | COPY_SRC | COPY_DST });
  const result = device.createBuffer({ size: 8, usage: MAP_READ | COPY_DST });
  device.queue.writeBuffer(counts, 0, Uint32Array.of(1000, 0));
  const module = device.createShaderModule({ code });
  const pipeline = device.createComputePipeline({
    layout: "auto",
    compute: { module, entryPoint: "main" },
  });
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: [{ binding: 0, resource: { buffer: counts } }],
  }));
  pass.dispatchWorkgroups(1);
  pass.end();
  encoder.copyBufferToBuffer(counts, 0, result, 0, 8);
  device.queue.submit([encoder.finish()]);
  await result.mapAsync(GPUMapMode.READ);
  return new Uint32Array(result.getMappedRange())[1]!;
}

const one = "for (var i = 0u; i < 100u * rounds; i++) { count += 1u + (i & rounds & 0u); }";
const two = "for (var i = 0u; i < rounds; i++) { for (var j = 0u; j < rounds; j++) { count += 1u; } }";
const seen = [await count(one), await count(two)];
console.log(adapter!.info.description);
console.log("expected:", [100000, 1000000], "\nseen:    ", seen);
assert.ok(seen[0]! < 70000 && seen[1]! < 70000);
TS
deno run --quiet --no-config --no-check seen.ts
