import type { LaneCount } from "../runtime/lanes.ts";
import type { ProductCode } from "./product_code.ts";
import {
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
import { type Across, sideOf } from "./register_side.ts";

/**
 * The code of a product for devices without memory that workgroups share: those that
 * are programs on the CPU, where that memory is hardly faster than any other and a read
 * costs as much as ten multiplications. Each of a workgroup's 8 invocations reads its
 * factors itself, and computes 8 × 8 of the product, or 16 × 16.
 */
export function registerProduct(
  code: ProductCode,
  lanes: LaneCount,
  across: Across,
  each: 8 | 16,
): string {
  const { along } = code;
  const step = lanes;
  // Else there are whole fours of k.
  const isRagged = along.a !== "depth" && along.b !== "depth" && step > 1;
  const a = sideOf(
    "row",
    lanes === 4 && along.a === "rows",
    across === "rows",
    each,
  );
  const b = sideOf(
    "column",
    lanes === 4 && along.b === "columns",
    across === "columns",
    each,
  );
  // Values of four k at once are read for the first of them.
  const isRead = (along: string, k: number) =>
    k === 0 || step === 1 || along !== "depth";
  const readA = (k: number) =>
    isRead(along.a, k)
      ? a.names.map((i) =>
        isRagged && k > 0
          ? `let a${k}_${i} = select(Value(), readA(row${i}, k${k}), at + ${k}u < end);`
          : `let a${k}_${i} = readA(row${i}, k${k});`
      )
      : [];
  const readB = (q: number, k: number) =>
    isRead(along.b, k)
      ? b.namesIn(q).map((j) => `let b${k}_${j} = readB(k${k}, column${j});`)
      : [];
  const valueOfA = (i: number, k: number) =>
    lanes === 1
      ? `a${k}_${i}`
      : along.a === "depth"
      ? `a0_${i}.${component(k)}`
      : `a${k}_${i >> 2}.${component(i)}`;
  const valuesOfB = (q: number, k: number) => {
    if (lanes === 4 && along.b === "columns") return `b${k}_${q}`;
    const values = b.namesIn(q).map((j) =>
      lanes === 1 ? `b${k}_${j}` : `b0_${j}.${component(k)}`
    );
    return `vec4(${values.join(", ")})`;
  };
  return lines(
    prelude(code, lanes),
    `@compute @workgroup_size(8)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
) {`,
    workgroupPlace(
      code,
      across === "rows" ? 8 * each : each,
      across === "rows" ? each : 8 * each,
    ),
    inKept(lines(
      zeroSums(each),
      forTerms(
        code,
        lines(
          a.positions,
          b.positions,
          `for (var at = start; at < end; at += ${step}u) {`,
          upTo(step).map((k) =>
            isRagged && k > 0
              ? `let k${k} = depthOf(min(at + ${k}u, end - 1u));`
              : `let k${k} = depthOf(at + ${k}u);`
          ),
          upTo(step).flatMap(readA),
          // All that is added to a sum is added in a row, while it is in a register.
          upTo(each / 4).flatMap((q) => [
            ...upTo(step).flatMap((k) => readB(q, k)),
            ...upTo(each).flatMap((i) =>
              upTo(step).map((k) =>
                `sum${i}_${q} = fma(vec4(${valueOfA(i, k)}), ${
                  valuesOfB(q, k)
                }, sum${i}_${q});`
              )
            ),
          ]),
          "}",
        ),
      ),
      upTo(each).flatMap((i) =>
        upTo(each / 4).map((q) =>
          writeFour(lanes, a.at(i), b.at(4 * q), `sum${i}_${q}`)
        )
      ),
      "}",
    )),
  );
}
