import { call } from "../../../../lib/backends/wasm/asm/control.ts";
import { i32 } from "../../../../lib/backends/wasm/asm/integers.ts";
import { wasmFunction } from "../../../../lib/backends/wasm/asm/wasm_function.ts";
import { linkFunctions } from "../../../../lib/backends/wasm/linking/linker.ts";
import {
  createThreadKernels,
  type ThreadKernels,
} from "../../../../lib/backends/wasm/linking/thread_kernels.ts";
import { plainTier } from "../../../../lib/backends/wasm/linking/tier.ts";
import { assert, assertEquals, assertThrows } from "../../../assert.ts";

const block = { name: "mark", fixedBytes: 4 };
const mark = wasmFunction(
  "mark",
  ["value"],
  ({ value }, _local, target) =>
    i32.store(i32.const(0), value.get, target.addressOf(block)),
);
const markTwice = wasmFunction("markTwice", ["value"], ({ value }) => [
  call(mark, { value: value.get }),
  call(mark, { value: i32.add(value.get, value.get) }),
]);

const oneOf = (
  memory: WebAssembly.Memory,
  allocate: (bytes: number) => number,
) =>
  createThreadKernels({
    memory,
    renew: (_block, bytes) => allocate(bytes),
  }, plainTier);

Deno.test("linkFunctions() links a function once, and not before it is used", () => {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 });
  const written: string[] = [];
  const store = wasmFunction("store", ["at"], ({ at }) => {
    written.push("store");
    return i32.store(at.get, i32.add(i32.load(at.get), i32.const(1)));
  });
  const [first, second] = ["first", "second"].map((name) =>
    wasmFunction(name, ["at"], ({ at }) => {
      written.push(name);
      return call(store, { at: at.get });
    })
  );
  const run = linkFunctions(memory);
  assertEquals(written, []);
  for (const code of [first!, second!, first!, store]) run(code, { at: 8 });
  assertEquals(written, ["first", "store", "second"]);
  assertEquals(new Int32Array(memory.buffer)[2], 4);
});

Deno.test("each thread has fixed memory of its own, for all functions that use it", () => {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 });
  let end = 100;
  const taken: number[] = [];
  const allocate = (bytes: number) => {
    taken.push(bytes);
    return (end += bytes) - bytes;
  };
  const threads = [oneOf(memory, allocate), oneOf(memory, allocate)];
  threads.forEach(({ run }, i) => run(mark, { value: 10 + i }));
  threads.forEach(({ run }, i) => run(markTwice, { value: 20 + i }));
  assertEquals(taken, [68, 68]);
  const marks = [...new Int32Array(memory.buffer).entries()]
    .filter(([, value]) => value !== 0);
  assertEquals(marks.map(([, value]) => value), [40, 42]);
  assert(marks.every(([word]) => word % 16 === 0));
  assertThrows(
    () => linkFunctions(memory)(mark, { value: 1 }),
    RangeError,
    "expected it to use no fixed memory, got mark",
  );
});

Deno.test("a function whose memory there was no room for is linked later", () => {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 });
  let room = false;
  const { run }: ThreadKernels = oneOf(memory, () => {
    if (!room) throw new RangeError("no room");
    return 64;
  });
  assertThrows(() => run(markTwice, { value: 1 }), RangeError, "no room");
  room = true;
  run(markTwice, { value: 1 });
  assertEquals(new Int32Array(memory.buffer)[16], 2);
});

Deno.test("linkFunctions() runs functions where code may not be made of text", () => {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 });
  const subtract = wasmFunction(
    "subtract",
    ["at", "from", "taken"],
    ({ at, from, taken }) => i32.store(at.get, i32.sub(from.get, taken.get)),
  );
  const { Function } = globalThis;
  globalThis.Function = function () {
    throw new EvalError("this is a test's: no code of text");
  } as unknown as typeof Function;
  try {
    const run = linkFunctions(memory);
    run(subtract, { taken: 3, from: 10, at: 16 });
  } finally {
    globalThis.Function = Function;
  }
  assertEquals(new Int32Array(memory.buffer)[4], 7);
});
