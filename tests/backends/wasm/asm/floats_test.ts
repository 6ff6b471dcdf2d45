import { repeat } from "../../../../lib/backends/wasm/asm/control.ts";
import { f32, f32x4 } from "../../../../lib/backends/wasm/asm/floats.ts";
import { wasmFunction } from "../../../../lib/backends/wasm/asm/wasm_function.ts";
import { linkFunctions } from "../../../../lib/backends/wasm/linking/linker.ts";
import { assertEquals } from "../../../assert.ts";

const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 });
const floats = new Float32Array(memory.buffer);
const run = linkFunctions(memory);

Deno.test("f32x4.loadSplat() and multiplyAdd() work on four floats, which need no alignment", () => {
  const code = wasmFunction("a · x + y", ["a", "x", "y"], ({ a, x, y }) => {
    const [factor, sum] = [f32x4.loadSplat(a.get, 4), f32x4.load(y.get)];
    return f32x4.store(
      y.get,
      f32x4.multiplyAdd(factor, f32x4.load(x.get), sum),
    );
  });
  floats.set([9, 3, 1, 2, -4, 0.5, 10, 20, 30, 40, 50]);
  run(code, { a: 0, x: 8, y: 24 });
  assertEquals([...floats.subarray(6, 11)], [13, 26, 18, 41.5, 50]);
});

Deno.test("repeat() runs its body as often as it is told, also never", () => {
  const squares = wasmFunction(
    "squares",
    ["at", "count"],
    ({ at, count }) =>
      repeat(count, [
        f32.store(at.get, f32.mul(f32.load(at.get), f32.load(at.get))),
        at.increase(4),
      ]),
  );
  floats.set([3, -0.5, 7]);
  run(squares, { at: 0, count: 0 });
  assertEquals([...floats.subarray(0, 3)], [3, -0.5, 7]);
  run(squares, { at: 0, count: 2 });
  assertEquals([...floats.subarray(0, 3)], [9, 0.25, 7]);
});
