import type { TensorInfo } from "@tensorflow/tfjs";
import type { Call } from "../runtime/kernel.ts";
import { planProduct } from "./plan_product.ts";
import { launchProduct, type Product } from "./product.ts";
import type { ProductSize } from "./product_forms.ts";
import { sumParts } from "./sum_parts.ts";

/** WGSL that writes such a product: a part is `[rows, columns]` of `parts`. */
export const writeParts = (lanes: number): string => `
fn targetOf(row: u32, part: u32) -> u32 {
  return (part * constants.rows + row) * constants.columns;
}
fn write(at: u32, value: Value) { parts[at / ${lanes}u] = value; }`;

/**
 * A product whose depth is cut into parts, as gradients of filters have few rows and
 * columns, and of all pixels.
 *
 * @param shape The result's, of rows · columns values; the caller owns it.
 */
export function summedProduct<Input extends string, Constant extends string>(
  { backend, output, zeros }: Call,
  product: Product<Input, "parts", Constant>,
  size: ProductSize,
  shape: readonly number[],
  operands: {
    inputs: Readonly<Record<NoInfer<Input>, TensorInfo>>;
    constants: Readonly<Record<NoInfer<Constant>, number>>;
  },
): TensorInfo {
  if (size.depth === 0) return zeros(shape);
  const plan = planProduct(backend, size);
  const parts = output([plan.parts, ...shape]);
  launchProduct(backend, product, size, plan, {
    ...operands,
    outputs: { parts },
  });
  return sumParts(backend, parts);
}
