import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../../lib/backends/use_backend.ts";
import {
  hostOf,
  type WasmBackend,
} from "../../../../lib/backends/wasm/runtime/host.ts";
import { passesSelfTest } from "../../../../lib/backends/wasm/matmul/self_test.ts";
import { assert, assertEquals, assertThrows } from "../../../assert.ts";

async function host() {
  await useBackend("wasm");
  return hostOf(tf.backend() as unknown as WasmBackend);
}

Deno.test("hostOf() gives working memory that grows and keeps its place", async () => {
  const { scratch, floats } = await host();
  const address = scratch("test", 4000);
  assertEquals(address % 64, 0);
  assertEquals(scratch("test", 400), address);
  floats().fill(5, address / 4, address / 4 + 1000);
  const larger = scratch("test", 4_000_000);
  assert(larger % 64 === 0 && scratch("test", 4_000_000) === larger);
  assert(scratch("another", 4000) !== larger);
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
    () => scratch("huge", 4.5e9),
    RangeError,
    "Cannot allocate 4500000064 bytes",
  );
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("passesSelfTest() notices a kernel that does nothing or one wrong value", async () => {
  const whole = await host();
  assert(passesSelfTest(whole));
  for (const name of ["productRows", "productPacked"]) {
    const call = { ...whole.call, [name]: () => {} };
    assert(!passesSelfTest({ ...whole, call }), name);
  }
  const productRows = (...operands: number[]) => {
    whole.call.productRows!(...operands);
    const [, , , cTable, , cOffset] = operands;
    const row = whole.integers()[cTable! / 4]!;
    whole.floats()[(row + cOffset!) / 4]! += 1;
  };
  assert(!passesSelfTest({ ...whole, call: { ...whole.call, productRows } }));
});
