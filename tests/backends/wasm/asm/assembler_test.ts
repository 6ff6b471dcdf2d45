import fc from "fast-check";
import {
  assembleModule,
  defineFunction,
} from "../../../../lib/backends/wasm/asm/assembler.ts";
import {
  f32,
  forEach,
  i32,
  when,
} from "../../../../lib/backends/wasm/asm/instructions.ts";
import { signed, unsigned } from "../../../../lib/backends/wasm/asm/leb128.ts";
import { assertEquals } from "../../../assert.ts";

Deno.test("unsigned() and signed() write what can be read back", () => {
  const read = (bytes: number[], negative: boolean) => {
    let value = 0n;
    bytes.forEach((byte, i) => value |= BigInt(byte & 0x7f) << BigInt(7 * i));
    const bits = 7 * bytes.length;
    return Number(negative ? BigInt.asIntN(bits, value) : value);
  };
  fc.assert(fc.property(fc.nat(2 ** 32 - 1), (value) => {
    assertEquals(read(unsigned(value), false), value);
  }));
  fc.assert(fc.property(fc.integer(), (value) => {
    assertEquals(read(signed(value), true), value);
  }));
});

Deno.test("unsigned() and signed() give the specification's examples", () => {
  assertEquals(unsigned(624485), [0xe5, 0x8e, 0x26]);
  assertEquals(signed(-123456), [0xc0, 0xbb, 0x78]);
});

Deno.test("assembleModule() makes functions that run in a given memory", () => {
  // Doubles every float from the first address to the second but zeros.
  const double = defineFunction("double", 2, (local, at, end) => {
    const value = local("f32");
    return forEach(at!, end!.get, 4, [
      value.set(f32.load(at!.get)),
      when(
        i32.load(at!.get),
        f32.store(at!.get, f32.add(value.get, value.get)),
        f32.store(at!.get, f32.const(-1)),
      ),
    ]);
  });
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536 });
  const { bytes } = assembleModule([double], 1);
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), {
    env: { memory },
  });
  const floats = new Float32Array(memory.buffer);
  floats.set([1, 2, 0, 4.5, 7]);
  (exports.double as (from: number, to: number) => void)(0, 16);
  assertEquals([...floats.subarray(0, 5)], [2, 4, -1, 9, 7]);
  // From end to end: nothing to do.
  (exports.double as (from: number, to: number) => void)(16, 16);
  assertEquals(floats[4], 7);
});
