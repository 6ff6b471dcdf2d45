import * as tf from "@tensorflow/tfjs";
import {
  defineProduct,
  launchProduct,
} from "../../../../lib/backends/webgpu/gemm/product.ts";
import {
  type ProductForm,
  productForms,
  type ProductSize,
} from "../../../../lib/backends/webgpu/gemm/product_forms.ts";
import type { ProductCode } from "../../../../lib/backends/webgpu/gemm/product_code.ts";
import { sumParts } from "../../../../lib/backends/webgpu/gemm/sum_parts.ts";
import { assert, assertEquals } from "../../../assert.ts";
import { normalTensor } from "../against_cpu.ts";
import { deviceTest, useWebGpu, valuesOf } from "../device.ts";

/** A plain product whose factors lie one way or the other. */
const productOf = (along: ProductCode["along"]) =>
  defineProduct({
    name: "plain product",
    inputs: ["a", "b"],
    outputs: ["c"],
    constants: {},
    along,
    functions: (lanes) => `
alias Row = u32;
alias Column = u32;
alias Depth = u32;
fn rowOf(row: u32) -> Row { return row; }
fn columnOf(column: u32) -> Column { return column; }
fn depthOf(k: u32) -> Depth { return k; }
fn readA(row: Row, k: Depth) -> Value {
  return a[(${
      along.a === "rows"
        ? "k * constants.rows + row"
        : "row * constants.depth + k"
    }) / ${lanes}u];
}
fn readB(k: Depth, column: Column) -> Value {
  return b[(${
      along.b === "columns"
        ? "k * constants.columns + column"
        : "column * constants.depth + k"
    }) / ${lanes}u];
}
fn targetOf(row: u32, part: u32) -> u32 {
  return (part * constants.rows + row) * constants.columns;
}
fn write(at: u32, value: Value) { c[at / ${lanes}u] = value; }`,
  });

const sizes: ProductSize[] = [
  { rows: 1, columns: 1, depth: 1 },
  { rows: 64, columns: 64, depth: 32 },
  { rows: 65, columns: 9, depth: 17 },
  { rows: 7, columns: 130, depth: 3 },
  { rows: 33, columns: 31, depth: 100 },
  { rows: 5, columns: 6, depth: 0 },
  { rows: 64, columns: 64, depth: 32, lanes: 4 },
  { rows: 4, columns: 4, depth: 4, lanes: 4 },
  { rows: 68, columns: 12, depth: 20, lanes: 4 },
  { rows: 36, columns: 132, depth: 100, lanes: 4 },
  { rows: 8, columns: 4, depth: 0, lanes: 4 },
];
const forms = Object.keys(productForms) as ProductForm[];
const alongs: ProductCode["along"][] = [
  { a: "rows", b: "columns" },
  { a: "depth", b: "columns" },
  { a: "rows", b: "depth" },
  { a: "depth", b: "depth" },
];

for (const along of alongs) {
  const product = productOf(along);
  for (const form of forms) {
    deviceTest(
      `a product by ${form} is the sum over k, A along ${along.a}, B along ${along.b}`,
      async () => {
        const backend = await useWebGpu();
        for (const size of sizes) {
          const { rows, columns, depth } = size;
          // A buffer has at least one element.
          const a = normalTensor([Math.max(4, rows * depth)], 1);
          const b = normalTensor([Math.max(4, columns * depth)], 2);
          for (const partDepth of [16, 1000]) {
            const parts = Math.max(1, Math.ceil(depth / partDepth));
            const c = backend.makeTensorInfo([parts, rows, columns], "float32");
            launchProduct(backend, product, size, {
              form,
              partDepth,
              parts,
            }, { inputs: { a, b }, outputs: { c }, constants: {} });
            const sums = sumParts(backend, c);
            assertEquals(sums.shape, [rows, columns]);
            const [values, ofA, ofB] = await valuesOf(
              tf.engine().makeTensorFromTensorInfo(sums),
              a,
              b,
            );
            for (let row = 0; row < rows; row++) {
              for (let column = 0; column < columns; column++) {
                let sum = 0;
                for (let k = 0; k < depth; k++) {
                  sum += ofA![
                    along.a === "rows" ? k * rows + row : row * depth + k
                  ]! *
                    ofB![
                      along.b === "columns"
                        ? k * columns + column
                        : column * depth + k
                    ]!;
                }
                const value = values![row * columns + column]!;
                assert(
                  Math.abs(value - sum) <= 1e-5 * Math.max(1, depth),
                  `${rows}×${columns}×${depth} at ${row}, ${column}: ${value}, not ${sum}`,
                );
              }
            }
          }
        }
      },
    );
  }
}

deviceTest(
  "a product has more rows than one dimension has workgroups",
  async () => {
    const backend = await useWebGpu();
    const size = { rows: 65_535 * 32 + 40, columns: 1, depth: 1 };
    const values = Float32Array.from({ length: size.rows }, (_, i) => i);
    const [a, b] = [tf.tensor1d(values), tf.tensor1d([2])];
    const c = backend.makeTensorInfo([size.rows], "float32");
    launchProduct(
      backend,
      productOf(alongs[0]!),
      size,
      { form: "smallTiles", partDepth: 16, parts: 1 },
      { inputs: { a, b }, outputs: { c }, constants: {} },
    );
    const [actual] = await valuesOf(tf.engine().makeTensorFromTensorInfo(c));
    const wrong = actual!.findIndex((value, i) => value !== 2 * values[i]!);
    assertEquals(wrong, -1);
  },
);
