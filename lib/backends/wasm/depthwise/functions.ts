import { repeat } from "../asm/control.ts";
import { eachValue } from "../asm/lanes.ts";
import { wasmFunction } from "../asm/wasm_function.ts";

/**
 * Adds a · b to the sum, channel by channel, for `count` pixels. Each of the three
 * moves on by its own step, in bytes; with a step of 0 a pixel serves all.
 */
export const multiplyAdd = wasmFunction(
  "multiplyAdd",
  ["a", "aStep", "b", "bStep", "sum", "sumStep", "count", "channels"],
  ({ a, aStep, b, bStep, sum, sumStep, count, channels }, local) =>
    repeat(count, [
      eachValue(
        local,
        channels,
        (lane, { load, store }) =>
          store(sum, lane.add(load(sum), lane.mul(load(a), load(b)))),
      ),
      a.increase(aStep.get),
      b.increase(bStep.get),
      sum.increase(sumStep.get),
    ]),
);
