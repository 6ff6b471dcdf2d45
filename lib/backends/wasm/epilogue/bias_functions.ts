import { defineFunction, type WasmFunction } from "../asm/assembler.ts";
import { i32, repeat } from "../asm/instructions.ts";
import { eachChannel } from "../asm/lanes.ts";

/** The functions of this file, for the module. */
export function biasKernels(): WasmFunction[] {
  return [addBias("addBias", false), addBias("addBiasRectified", true)];
}

/**
 * `…(y, bias, rows, channels)`: adds a value per channel in place, and in the
 * rectified form puts 0 for what is then negative.
 */
function addBias(name: string, rectified: boolean): WasmFunction {
  return defineFunction(name, 4, (local, y, bias, rows, channels) => {
    const channel = local("i32");
    return repeat(rows!, [
      eachChannel(channels!, channel, (lane) => {
        const at = i32.add(y!.get, channel.get);
        const sum = lane.add(
          lane.load(at),
          lane.load(i32.add(bias!.get, channel.get)),
        );
        return lane.store(
          at,
          rectified ? lane.max(sum, lane.constant(0)) : sum,
        );
      }),
      y!.increase(i32.mul(channels!.get, i32.const(4))),
    ]);
  });
}
