import type { TensorInfo } from "@tensorflow/tfjs";
import type { Call } from "../runtime/kernel.ts";

/** The inputs name0, name1, …, at least one. */
export function takeAll(
  { inputs, take }: Call,
  name: string,
  shape: readonly number[],
): TensorInfo[] {
  const all = [take(`${name}0`, shape)];
  while (inputs[`${name}${all.length}`]) {
    all.push(take(`${name}${all.length}`, shape));
  }
  return all;
}
