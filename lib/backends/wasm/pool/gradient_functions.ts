/**
 * The gradients of the pools of one image, window by window.
 *
 * @module
 */
import type { Code, Local } from "../asm/code.ts";
import { i32 } from "../asm/integers.ts";
import type { Lane } from "../asm/lanes.ts";
import { wasmFunction } from "../asm/wasm_function.ts";
import { eachWindow, gridOperands } from "./window_loop.ts";
import type { EachPixel } from "./window_pixels.ts";

/**
 * Adds dy to dx at the first pixel of the window, row by row, whose x equals the
 * maximum y, as tfjs's cpu backend does.
 */
export const maxPoolGradient = wasmFunction(
  "maxPoolGradient",
  ["x", "dx", "y", "dy", ...gridOperands],
  ({ x, dx, y, dy, ...grid }, local) => {
    const toGradient = local("i32");
    return [
      toGradient.set(i32.sub(dx.get, x.get)),
      eachWindow(local, x, [y, dy], grid, (lane, channel, eachPixel) => {
        // What is left to give: dy until the maximum is met, then 0. The first
        // match takes it all, so a match is all that need be tested.
        const [left, maximum] = [local(lane.type), local(lane.type)];
        const value = local(lane.type);
        return [
          left.set(lane.load(i32.add(dy.get, channel.get))),
          maximum.set(lane.load(i32.add(y.get, channel.get))),
          eachPixel((at) => {
            const target = i32.add(at.get, toGradient.get);
            const share = lane.keepIfEqual(left.get, value.get, maximum.get);
            return [
              value.set(lane.load(at.get)),
              lane.store(target, lane.add(lane.load(target), share)),
              left.set(lane.keepUnlessEqual(left.get, value.get, maximum.get)),
            ];
          }),
        ];
      }),
    ];
  },
);

/** The sum of a window's values. */
function sumUp(lane: Lane, sum: Local, eachPixel: EachPixel): Code {
  return [
    sum.set(lane.constant(0)),
    eachPixel((at) => sum.set(lane.add(sum.get, lane.load(at.get)))),
  ];
}

/**
 * dx = Σ dy / divisor over the windows that a pixel belongs to, which are themselves
 * a window of dy; a divisor for each channel.
 */
export const averagePoolGradient = wasmFunction(
  "averagePoolGradient",
  ["dy", "divisors", "dx", ...gridOperands],
  ({ dy, divisors, dx, ...grid }, local) =>
    eachWindow(local, dy, [dx], grid, (lane, channel, eachPixel) => {
      const sum = local(lane.type);
      const divisor = lane.load(i32.add(divisors.get, channel.get));
      return [
        sumUp(lane, sum, eachPixel),
        lane.store(i32.add(dx.get, channel.get), lane.div(sum.get, divisor)),
      ];
    }),
);

/**
 * dx = x · Σ quotients over the windows that a pixel belongs to; the quotients are
 * dy / y.
 */
export const l2PoolGradient = wasmFunction(
  "l2PoolGradient",
  ["quotients", "x", "dx", ...gridOperands],
  ({ quotients, x, dx, ...grid }, local) =>
    eachWindow(local, quotients, [x, dx], grid, (lane, channel, eachPixel) => {
      const sum = local(lane.type);
      const own = (base: Local) => i32.add(base.get, channel.get);
      return [
        sumUp(lane, sum, eachPixel),
        lane.store(own(dx), lane.mul(lane.load(own(x)), sum.get)),
      ];
    }),
);
