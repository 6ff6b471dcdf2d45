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
  writeRow,
  zeroSums,
} from "./product_parts.ts";

/** The axis along which the 8 invocations of a workgroup lie next to each other. */
export type Across = "rows" | "columns";

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
  const step = lanes === 4 && (along.a === "depth" || along.b === "depth")
    ? 4
    : 1;
  const a = side(
    "row",
    lanes === 4 && along.a === "rows",
    across === "rows",
    each,
  );
  const b = side(
    "column",
    lanes === 4 && along.b === "columns",
    across === "columns",
    each,
  );
  const readA = (i: number, k: number) => `readA(row${i}, k${k})`;
  const readB = (j: number, k: number) => `readB(k${k}, column${j})`;
  // Values of four k at once are read for the first of them.
  const ofK = (along: string, k: number) =>
    step === 4 && along === "depth" && k > 0;
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
          upTo(step).flatMap((k) =>
            [
              `let k${k} = depthOf(at + ${k}u);`,
              ofK(along.a, k)
                ? []
                : a.names.map((i) => `let a${k}${i} = ${readA(i, k)};`),
              ofK(along.b, k)
                ? []
                : b.names.map((j) => `let b${k}${j} = ${readB(j, k)};`),
            ].flat()
          ),
          upTo(step).map((k) =>
            addOuterProduct(
              (i) =>
                lanes === 1
                  ? `a${k}${i}`
                  : along.a === "depth"
                  ? `a0${i}.${component(k)}`
                  : `a${k}${i >> 2}.${component(i)}`,
              (q) =>
                lanes === 4 && along.b === "columns"
                  ? `b${k}${q}`
                  : `vec4(${
                    upTo(4).map((j) =>
                      lanes === 1
                        ? `b${k}${4 * q + j}`
                        : `b0${4 * q + j}.${component(k)}`
                    ).join(", ")
                  })`,
              each,
            )
          ),
          "}",
        ),
      ),
      upTo(each).map((i) =>
        writeRow(lanes, i, a.at(i), each / 4, (q) => b.at(4 * q))
      ),
      "}",
    )),
  );
}

/** The rows or columns of an invocation, which come in fours. */
function side(
  name: "row" | "column",
  inFours: boolean,
  isAcross: boolean,
  each: number,
) {
  const first = name === "row" ? "firstRow" : "firstColumn";
  const at = (i: number) =>
    isAcross
      ? `${first} + 4u * lane + ${32 * (i >> 2) + i % 4}u`
      : `${first} + ${i}u`;
  const names = upTo(inFours ? each / 4 : each);
  const width = inFours ? 4 : 1;
  return {
    at,
    names,
    // Beyond the last one, that is read, and not written.
    positions: names.map((i) =>
      `let ${name}${i} = ${name}Of(min(${
        at(width * i)
      }, constants.${name}s - ${width}u));`
    ),
  };
}
