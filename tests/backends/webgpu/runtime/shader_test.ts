import { wgslOf } from "../../../../lib/backends/webgpu/runtime/shader.ts";
import { assertEquals } from "../../../assert.ts";

Deno.test("wgslOf() declares inputs, outputs and constants in this order", () => {
  const source = wgslOf({
    name: "test",
    inputs: { a: "f32", b: "vec4<f32>" },
    outputs: { c: "u32" },
    constants: { size: "u32", scale: "f32" },
    code: "fn main() {}",
  });
  assertEquals(source.split("\n"), [
    "@group(0) @binding(0) var<storage, read> a: array<f32>;",
    "@group(0) @binding(1) var<storage, read> b: array<vec4<f32>>;",
    "@group(0) @binding(2) var<storage, read_write> c: array<u32>;",
    "struct Constants { size: u32, scale: f32, }",
    "@group(0) @binding(3) var<uniform> constants: Constants;",
    "fn main() {}",
  ]);
});

Deno.test("wgslOf() declares no constants where there are none", () => {
  const source = wgslOf({
    name: "test",
    inputs: {},
    outputs: { c: "f32" },
    constants: {},
    code: "fn main() {}",
  });
  assertEquals(source.includes("Constants"), false);
});
