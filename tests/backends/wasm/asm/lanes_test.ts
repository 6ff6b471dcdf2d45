import fc from "fast-check";
import {
  eachChannel,
  eachValue,
} from "../../../../lib/backends/wasm/asm/lanes.ts";
import { wasmFunction } from "../../../../lib/backends/wasm/asm/wasm_function.ts";
import { linkFunctions } from "../../../../lib/backends/wasm/linking/linker.ts";
import { assertEquals } from "../../../assert.ts";

const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 });
const floats = new Float32Array(memory.buffer);
const run = linkFunctions(memory);

/** Adds 1 to values, some vectors at a time. */
const addOne = [1, 2, 4].map((vectors) =>
  wasmFunction(`add one by ${vectors}`, ["x", "y", "count"], (
    { x, y, count },
    local,
  ) =>
    eachValue(
      local,
      count,
      (lane, { load, store }) => store(y, lane.add(load(x), lane.constant(1))),
      vectors,
    ))
);

Deno.test("eachValue() visits each value once and nothing behind the last", () => {
  const place = fc.integer({ min: 0, max: 9 });
  fc.assert(fc.property(
    fc.nat(100),
    place,
    place,
    fc.constantFrom(...addOne),
    (count, x, y, code) => {
      floats.forEach((_, i) => floats[i] = i < 1000 ? i : -1);
      run(code, { x: 4 * x, y: 4 * (1000 + y), count });
      const expected = Array.from(
        { length: 200 },
        (_, i) => i >= y && i < y + count ? x + i - y + 1 : -1,
      );
      assertEquals([...floats.subarray(1000, 1200)], expected);
    },
  ));
});

Deno.test("eachChannel() goes on one by one where no whole vector is left", () => {
  const lanes: string[] = [];
  const code = wasmFunction(
    "lanes",
    ["count"],
    ({ count }, local) =>
      eachChannel(count, local("i32"), ({ type }, bytes) => {
        lanes.push(`${type} ${bytes}`);
        return [];
      }, 3),
  );
  run(code, { count: 29 });
  assertEquals(lanes, ["v128 0", "v128 16", "v128 32", "f32 0"]);
});
