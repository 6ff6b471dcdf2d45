import { defineFunction, type WasmFunction } from "../asm/assembler.ts";
import { i32, repeat } from "../asm/instructions.ts";
import { eachChannel } from "../asm/lanes.ts";

/**
 * `multiplyAdd(a, aStep, b, bStep, sum, sumStep, count, channels)`: adds a · b to
 * the sum, channel by channel, for `count` pixels. Each of the three moves on by
 * its own step, in bytes; with a step of 0 a pixel serves all.
 */
export function multiplyAdd(): WasmFunction {
  return defineFunction(
    "multiplyAdd",
    8,
    (local, a, aStep, b, bStep, sum, sumStep, count, channels) => {
      const channel = local("i32");
      return repeat(count!, [
        eachChannel(channels!, channel, (lane) => {
          const target = i32.add(sum!.get, channel.get);
          const product = lane.mul(
            lane.load(i32.add(a!.get, channel.get)),
            lane.load(i32.add(b!.get, channel.get)),
          );
          return lane.store(target, lane.add(lane.load(target), product));
        }),
        a!.increase(aStep!.get),
        b!.increase(bStep!.get),
        sum!.increase(sumStep!.get),
      ]);
    },
  );
}
