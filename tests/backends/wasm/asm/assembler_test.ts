import fc from "fast-check";
import { wasmFunction } from "../../../../lib/backends/wasm/asm/wasm_function.ts";
import {
  call,
  forEach,
  when,
} from "../../../../lib/backends/wasm/asm/control.ts";
import { f32 } from "../../../../lib/backends/wasm/asm/floats.ts";
import { i32 } from "../../../../lib/backends/wasm/asm/integers.ts";
import { linkFunctions } from "../../../../lib/backends/wasm/linking/linker.ts";
import { signed, unsigned } from "../../../../lib/backends/wasm/asm/leb128.ts";
import { assert, assertEquals } from "../../../assert.ts";

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

Deno.test("assemble() makes functions that run in a given memory", () => {
  // Doubles every float from the first address to the second but zeros.
  const double = wasmFunction("double", ["at", "end"], ({ at, end }, local) => {
    const value = local("f32");
    return forEach(at, end.get, 4, [
      value.set(f32.load(at.get)),
      when(
        i32.load(at.get),
        f32.store(at.get, f32.add(value.get, value.get)),
        f32.store(at.get, f32.constant(-1)),
      ),
    ]);
  });
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536 });
  const run = linkFunctions(memory);
  const floats = new Float32Array(memory.buffer);
  floats.set([1, 2, 0, 4.5, 7]);
  // The order of the names does not matter.
  run(double, { end: 16, at: 0 });
  assertEquals([...floats.subarray(0, 5)], [2, 4, -1, 9, 7]);
  // From end to end: nothing to do.
  run(double, { at: 16, end: 16 });
  assertEquals(floats[4], 7);
  // @ts-expect-error An operand is missing.
  const missing = () => run(double, { at: 16 });
  // @ts-expect-error An operand is not known.
  const unknown = () => run(double, { at: 16, end: 16, start: 16 });
  assert(missing !== unknown);
});

Deno.test("functions call each other by the names of operands", () => {
  const store = wasmFunction(
    "store",
    ["value", "at"],
    ({ value, at }) => i32.store(at.get, value.get),
  );
  const add = wasmFunction("add", ["at", "by"], ({ at, by }) => {
    const sum = i32.add(i32.load(at.get), by.get);
    return [
      call(store, { at: at.get, value: sum }),
      call(store, { value: sum, at: i32.add(at.get, i32.const(4)) }),
    ];
  });
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 });
  const run = linkFunctions(memory);
  run(store, { at: 8, value: 40 });
  run(add, { at: 8, by: 2 });
  const integers = new Int32Array(memory.buffer);
  assertEquals([...integers.subarray(1, 5)], [0, 42, 44, 0]);
});
