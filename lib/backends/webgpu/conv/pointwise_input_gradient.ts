import type { TensorInfo } from "@tensorflow/tfjs";
import { planProduct } from "../gemm/plan_product.ts";
import { defineProduct, launchProduct } from "../gemm/product.ts";
import { upTo } from "../gemm/product_parts.ts";
import { sizeOf } from "../runtime/kernel.ts";
import { commonLanes } from "../runtime/lanes.ts";
import type { WebGpuBackend } from "../runtime/tfjs_backend.ts";

/** How many convolutions of the same images one launch takes: WebGPU promises 8 buffers. */
const mostTerms = 3;

/** Each convolution's pixels are the rows, its filters the depth, the channels the columns. */
const products = upTo(mostTerms).map((last) => {
  const terms = last + 1;
  // One product has no numbers.
  const names = terms === 1 ? [""] : upTo(terms).map(String);
  return defineProduct({
    name: `pointwise input gradient of ${terms}`,
    inputs: names.flatMap((n) => [`dy${n}`, `weights${n}`]),
    outputs: ["dx"],
    constants: {
      adds: "u32",
      ...terms > 1 &&
        Object.fromEntries(names.map((n) => [`depth${n}`, "u32" as const])),
    } as Record<string, "u32">,
    along: { a: "depth", b: "depth" },
    terms,
    functions: (lanes) => `
alias Row = u32;
alias Column = u32;
alias Depth = u32;
${
      names.map((n) => `
fn rowOf${n}(row: u32) -> Row { return row * constants.depth${n}; }
fn columnOf${n}(column: u32) -> Column { return column * constants.depth${n}; }
fn depthOf${n}(k: u32) -> Depth { return k; }
fn readA${n}(row: Row, k: Depth) -> Value { return dy${n}[(row + k) / ${lanes}u]; }
fn readB${n}(k: Depth, column: Column) -> Value { return weights${n}[(column + k) / ${lanes}u]; }`)
        .join("")
    }
fn targetOf(row: u32, part: u32) -> u32 { return row * constants.columns; }
fn write(at: u32, value: Value) {
  let i = at / ${lanes}u;
  dx[i] = select(value, dx[i] + value, constants.adds == 1u);
}`,
  });
});

/** A 1×1 convolution's gradient, and its filter. */
export interface PointwiseTerm {
  /** `[batch, height, width, filters]`. */
  dy: TensorInfo;
  /** `[1, 1, channels, filters]`. */
  filter: TensorInfo;
}

/**
 * The gradient of 1×1 convolutions of the same images in those, which is written over
 * `dx` or added to it.
 *
 * @param dx `[batch, height, width, channels]`.
 */
export function pointwiseInputGradient(
  backend: WebGpuBackend,
  all: readonly PointwiseTerm[],
  dx: TensorInfo,
  adds: boolean,
): void {
  const rows = sizeOf(dx.shape.slice(0, 3));
  const columns = dx.shape[3]!;
  for (let i = 0; i < all.length; i += mostTerms) {
    const terms = all.slice(i, i + mostTerms);
    const depths = terms.map(({ dy }) => dy.shape[3]!);
    const product = products[terms.length - 1]!;
    const size = {
      rows,
      columns,
      depth: depths.reduce((sum, depth) => sum + depth, 0),
      lanes: commonLanes(columns, ...depths),
      terms: terms.length,
    };
    const numbered = <T>(name: string, values: readonly T[]) =>
      Object.fromEntries(
        values.map((value, n) => [terms.length > 1 ? name + n : name, value]),
      );
    launchProduct(
      backend,
      product,
      size,
      planProduct(backend, size, 1),
      {
        inputs: {
          ...numbered("dy", terms.map(({ dy }) => dy)),
          ...numbered("weights", terms.map(({ filter }) => filter)),
        },
        outputs: { dx },
        constants: {
          ...numbered("depth", depths),
          adds: Number(adds || i > 0),
        },
      },
    );
  }
}
