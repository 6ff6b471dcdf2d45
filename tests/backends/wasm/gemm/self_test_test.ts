import {
  productPacked,
  productRows,
} from "../../../../lib/backends/wasm/gemm/product_functions.ts";
import { passesSelfTest } from "../../../../lib/backends/wasm/gemm/self_test.ts";
import type { RunFunction } from "../../../../lib/backends/wasm/linking/linker.ts";
import { assert } from "../../../assert.ts";
import { wasmHost } from "../runtime/working_memory.ts";

Deno.test("passesSelfTest() notices a function that does nothing or one wrong value", async () => {
  const host = await wasmHost();
  assert(passesSelfTest(host));
  for (const { name } of [productRows, productPacked]) {
    const run: RunFunction = (code, operands) => {
      if (code.name !== name) host.run(code, operands);
    };
    assert(!passesSelfTest({ ...host, run }), name);
  }
  const run: RunFunction = (code, operands) => {
    host.run(code, operands);
    if (code.name !== productRows.name) return;
    const { cTable, cOffset } = operands as Record<string, number>;
    const row = host.integers()[cTable! / 4]!;
    host.floats()[(row + cOffset!) / 4]! += 1;
  };
  assert(!passesSelfTest({ ...host, run }));
});
