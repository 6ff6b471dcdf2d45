import type { Code, Declare, Local } from "../asm/code.ts";
import { f32x4 } from "../asm/floats.ts";
import { i32x4 } from "../asm/integers.ts";
import type { Lane } from "../asm/lanes.ts";

/** Below this, as whole numbers, are the bits of 0 and of subnormal numbers. */
const firstNormal = 0x00800000;

/**
 * The square root. Processors take a hundred times as long for those of subnormal
 * numbers, and second moments become such ones. A subnormal number with the bits n
 * is n · 2^−149, and its root, which is a normal number, 2^−75 times that of 2n.
 *
 * @param value It is changed.
 */
export function squareRoot(local: Declare, lane: Lane, value: Local): Code {
  if (lane.type !== "v128") return lane.sqrt(value.get);
  const isSubnormal = local("v128");
  const pick = (yes: Code, no: Code) => f32x4.pick(yes, no, isSubnormal.get);
  const scale = pick(f32x4.constant(2 ** -75), f32x4.constant(1));
  return [
    isSubnormal.set(i32x4.lessThan(value.get, i32x4.constant(firstNormal))),
    value.set(pick(i32x4.toFloats(i32x4.double(value.get)), value.get)),
    f32x4.mul(f32x4.sqrt(value.get), scale),
  ];
}
