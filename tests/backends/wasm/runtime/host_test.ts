import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../../lib/backends/use_backend.ts";
import { hostOf } from "../../../../lib/backends/wasm/runtime/host.ts";
import type { WasmBackend } from "../../../../lib/backends/wasm/runtime/tfjs_backend.ts";
import { scratchSlot } from "../../../../lib/backends/wasm/linking/scratch.ts";
import { assert, assertEquals, assertThrows } from "../../../assert.ts";

async function host() {
  await useBackend("wasm");
  return hostOf(tf.backend() as unknown as WasmBackend);
}

Deno.test("hostOf() gives working memory that grows and keeps its place", async () => {
  const { scratch, floats } = await host();
  const test = scratchSlot("test");
  const address = scratch(test, 4000);
  assertEquals(address % 64, 0);
  assertEquals(scratch(test, 400), address);
  floats().fill(5, address / 4, address / 4 + 1000);
  const larger = scratch(test, 4_000_000);
  assert(larger % 64 === 0 && scratch(test, 4_000_000) === larger);
  // Another one, also of the same name or of the same slot.
  assert(scratch(scratchSlot("test"), 4000) !== larger);
  assert(scratch(test, 4000, 1) !== larger);
  assert(scratch(test, 4000) === larger);
});

Deno.test("hostOf() says how much did not fit into memory", async () => {
  const { output, scratch } = await host();
  const before = tf.memory().numTensors;
  assertThrows(
    () => output([40_000, 40_000]),
    RangeError,
    "Cannot allocate 6400000000 bytes: expected room in the",
  );
  assertThrows(
    () => scratch(scratchSlot("huge"), 4.5e9),
    RangeError,
    "Cannot allocate 4500000064 bytes",
  );
  assertEquals(tf.memory().numTensors, before);
});
