import type { LaneCount } from "../runtime/lanes.ts";
import type { ProductCode } from "./product_code.ts";
import {
  addOuterProduct,
  component,
  forTerms,
  inKept,
  lines,
  prelude,
  upTo,
  workgroupPlace,
  writeFour,
  zeroSums,
} from "./product_parts.ts";
import { stageTile, tileDepth, type TileSide } from "./stage_tile.ts";

/**
 * The code of a product by tiles, which the 8 × 8 invocations of a workgroup read once
 * into their common memory. Each of them computes 4 × 4 or 8 × 8 of a tile.
 *
 * Source: NVIDIA's CUTLASS, "Efficient GEMM in CUDA" and "Implicit GEMM convolution".
 */
export function tiledProduct(
  code: ProductCode,
  lanes: LaneCount,
  side: TileSide,
): string {
  const { along } = code;
  const quads = upTo(side / 32);
  const rows = 4 * quads.length;
  const line = side / 4 + 1;
  const a = stageTile("row", along.a === "depth", lanes, side);
  const b = stageTile("column", along.b === "depth", lanes, side);
  return lines(
    prelude(code, lanes),
    `  var<workgroup> rowTile: array<vec4<f32>, ${tileDepth * line}>;
  var<workgroup> columnTile: array<vec4<f32>, ${tileDepth * line}>;

@compute @workgroup_size(8, 8)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_id) local: vec3<u32>,
  @builtin(local_invocation_index) index: u32,
) {`,
    workgroupPlace(code, side, side),
    inKept(lines(
      zeroSums(rows),
      forTerms(
        code,
        lines(
          a.positions,
          b.positions,
          `for (var at = start; at < end; at += ${tileDepth}u) {`,
          a.reads,
          b.reads,
          "workgroupBarrier();",
          `for (var k = 0u; k < ${tileDepth}u; k++) {`,
          quads.map((q) =>
            `let a${q} = rowTile[k * ${line}u + local.y + ${8 * q}u];
  let b${q} = columnTile[k * ${line}u + local.x + ${8 * q}u];`
          ),
          addOuterProduct(
            (i) => `a${i >> 2}.${component(i)}`,
            (q) => `b${q}`,
            rows,
          ),
          "}",
          "workgroupBarrier();",
          "}",
        ),
      ),
      upTo(rows).flatMap((i) =>
        quads.map((q) =>
          writeFour(
            lanes,
            `firstRow + 4u * local.y + ${32 * (i >> 2) + i % 4}u`,
            `firstColumn + 4u * local.x + ${32 * q}u`,
            `sum${i}_${q}`,
          )
        )
      ),
      "}",
    )),
  );
}
