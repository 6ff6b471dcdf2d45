import simdModule from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm" with {
  type: "bytes",
};
import { unsigned } from "../../../../lib/backends/wasm/asm/leb128.ts";
import { isShared } from "../../../../lib/backends/wasm/asm/memory.ts";
import { shareMemory } from "../../../../lib/backends/wasm/threads/share_memory.ts";
import { assert, assertEquals, assertThrows } from "../../../assert.ts";

const preamble = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const section = (id: number, content: number[]) => [
  id,
  ...unsigned(content.length),
  ...content,
];
const custom = (length: number) =>
  section(0, [1, 0x78, ...new Array(length).fill(5)]);
/** The memory is exported as "m". */
const exported = section(7, [1, 1, 0x6d, 2, 0]);
const moduleOf = (...sections: number[][]) =>
  new Uint8Array([preamble, ...sections].flat());
/** A section of memories, each by its limits. */
const memories = (...limits: number[][]) =>
  section(5, [limits.length, ...limits.flat()]);

function memoryOf(module: Uint8Array<ArrayBuffer>): WebAssembly.Memory {
  const instance = new WebAssembly.Instance(new WebAssembly.Module(module));
  return instance.exports.m as WebAssembly.Memory;
}

Deno.test("shareMemory() lets a module's own memory be shared", () => {
  const module = moduleOf(memories([1, 2, 5]), exported);
  assert(!isShared(memoryOf(module)));
  const before = module.slice();
  const memory = memoryOf(shareMemory(module)!);
  assert(isShared(memory));
  assertEquals([memory.grow(3), memory.buffer.byteLength], [2, 5 * 65536]);
  assertThrows(() => memory.grow(1), RangeError);
  assertEquals(module, before, "the module that was given stays as it is");
});

Deno.test("shareMemory() finds the memory behind other sections", () => {
  // Of lengths that take one byte and two; what looks like a memory is none.
  const memory = memories([1, 2, ...unsigned(65536)]);
  const module = moduleOf(custom(20), custom(300), memory, custom(7), exported);
  const shared = shareMemory(module)!;
  assert(isShared(memoryOf(shared)));
  assertEquals(differences(module, shared).length, 1);
});

Deno.test("shareMemory() refuses what is no such module", () => {
  const refused = {
    "without a largest size": moduleOf(memories([0, 2]), exported),
    "shared by now": moduleOf(memories([3, 2, 5]), exported),
    "of 64 bits": moduleOf(memories([5, 2, 5]), exported),
    "two memories": moduleOf(memories([1, 2, 5], [1, 2, 5]), exported),
    "none in the list": moduleOf(memories()),
    "no list": moduleOf(custom(5)),
    "imported": moduleOf(section(2, [1, 1, 0x6d, 1, 0x6d, 2, 1, 1, 2])),
    "cut off": moduleOf(memories([1, 2, 5])).slice(0, 10),
    "cut off in a length": moduleOf(custom(300)).slice(0, 10),
    "no bytes": new Uint8Array(),
    "something else": new TextEncoder().encode("<!DOCTYPE html><p>\x05\x04"),
  };
  for (const [name, module] of Object.entries(refused)) {
    assertEquals(shareMemory(module), undefined, name);
  }
});

Deno.test("shareMemory() changes one byte of tfjs's module", async () => {
  const shared = shareMemory(simdModule)!;
  const places = differences(simdModule, shared);
  assertEquals(places.map((at) => [simdModule[at], shared[at]]), [[1, 3]]);
  const module = await WebAssembly.compile(shared);
  const imports: Record<string, Record<string, () => number>> = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    (imports[from] ??= {})[name] = () => 0;
  }
  const { exports } = await WebAssembly.instantiate(module, imports);
  const memories = Object.values(exports).filter((value) =>
    value instanceof WebAssembly.Memory
  );
  assertEquals(memories.length, 1);
  const [memory] = memories;
  assert(memory && isShared(memory));
  assertEquals(memory.buffer.byteLength, 256 * 65536);
});

/** Where bytes differ. */
function differences(a: Uint8Array, b: Uint8Array): number[] {
  assertEquals(a.length, b.length);
  return [...a.keys()].filter((at) => a[at] !== b[at]);
}
