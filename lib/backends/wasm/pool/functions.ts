/**
 * Pooling of one image, window by window.
 *
 * @module
 */
import type { Code, Local } from "../asm/code.ts";
import { i32 } from "../asm/integers.ts";
import type { Lane } from "../asm/lanes.ts";
import { wasmFunction } from "../asm/wasm_function.ts";
import { eachWindow, gridOperands } from "./window_loop.ts";

/** What is made of a window's values, for some channels. */
interface Fold {
  before: Code;
  each(value: Code): Code;
  result: Code;
}

/** y = what the fold makes of the x in each window. */
const poolFunction = (
  name: string,
  fold: (lane: Lane, local: () => Local) => Fold,
) =>
  wasmFunction(
    name,
    ["x", "y", ...gridOperands],
    ({ x, y, ...grid }, local) =>
      eachWindow(local, x, [y], grid, (lane, channel, eachPixel) => {
        const value = local(lane.type);
        const { before, each, result } = fold(lane, () => local(lane.type));
        return [
          before,
          eachPixel((at) => [
            value.set(lane.load(at.get)),
            each(value.get),
          ]),
          lane.store(i32.add(y.get, channel.get), result),
        ];
      }),
  );

/** The greatest x of the window; NaN counts for nothing. */
export const maxPool = poolFunction("maxPool", (lane, local) => {
  const best = local();
  return {
    before: best.set(lane.constant(-Infinity)),
    each: (value) => best.set(lane.max(best.get, value)),
    result: best.get,
  };
});

/** Inside the root of L2 pooling, as in lib/nn2/layers/l2_pooling.ts. */
const epsilon = 1e-12;

/** sqrt(Σ x² + 1e-12) over the window. */
export const l2Pool = poolFunction("l2Pool", (lane, local) => {
  const sum = local();
  return {
    before: sum.set(lane.constant(epsilon)),
    each: (value) => sum.set(lane.add(sum.get, lane.mul(value, value))),
    result: lane.sqrt(sum.get),
  };
});

/** The mean of the x that the window sees. */
export const averagePool = poolFunction("averagePool", (lane, local) => {
  const [sum, count] = [local(), local()];
  return {
    before: [sum, count].map((each) => each.set(lane.constant(0))),
    each: (value) => [
      sum.set(lane.add(sum.get, value)),
      count.set(lane.add(count.get, lane.constant(1))),
    ],
    result: lane.div(sum.get, count.get),
  };
});
