/**
 * Kernels that treat the window of one output pixel, all channels at once. The
 * host clips the window at the image's border.
 *
 * All take the window as `(…, rows, columns, rowBytes, pixelBytes, channels)`.
 *
 * @module
 */
import { defineFunction, type WasmFunction } from "./assembler.ts";
import {
  type Code,
  i32,
  type Local,
  repeat,
  type ValueType,
} from "./instructions.ts";
import { eachChannel } from "./lanes.ts";

/** The functions of this file, for the module. */
export function poolKernels(): WasmFunction[] {
  return [maxPoolGradient(), l2Pool(), l2PoolGradient()];
}

/** `l2Pool(x, y, …)`: y = sqrt(Σ x² + 1e-12) over the window. */
function l2Pool(): WasmFunction {
  return defineFunction(
    "l2Pool",
    7,
    (local, x, y, ...window) => {
      const channel = local("i32");
      return eachChannel(window[4]!, channel, (lane) => {
        const [sum, value] = [local(lane.type), local(lane.type)];
        return [
          sum.set(lane.constant(epsilon)),
          eachPixel(local, window, channel, (position) => [
            value.set(lane.load(i32.add(x!.get, position))),
            sum.set(lane.add(sum.get, lane.mul(value.get, value.get))),
          ]),
          lane.store(i32.add(y!.get, channel.get), lane.sqrt(sum.get)),
        ];
      });
    },
  );
}

/** `l2PoolGradient(x, y, dy, dx, …)`: adds x · dy / y to dx over the window. */
function l2PoolGradient(): WasmFunction {
  return defineFunction(
    "l2PoolGradient",
    9,
    (local, x, y, dy, dx, ...window) => {
      const channel = local("i32");
      return eachChannel(window[4]!, channel, (lane) => {
        const slope = local(lane.type);
        const at = (base: Local) => lane.load(i32.add(base.get, channel.get));
        return [
          slope.set(lane.div(at(dy!), at(y!))),
          eachPixel(local, window, channel, (position) => {
            const target = i32.add(dx!.get, position);
            return lane.store(
              target,
              lane.add(
                lane.load(target),
                lane.mul(lane.load(i32.add(x!.get, position)), slope.get),
              ),
            );
          }),
        ];
      });
    },
  );
}

/**
 * `maxPoolGradient(x, y, dy, dx, …)`: adds dy to dx at the first pixel of the
 * window, row by row, whose x equals the maximum y, as tfjs's cpu backend does.
 */
function maxPoolGradient(): WasmFunction {
  return defineFunction(
    "maxPoolGradient",
    9,
    (local, x, y, dy, dx, ...window) => {
      const channel = local("i32");
      return eachChannel(window[4]!, channel, (lane) => {
        // What is left to give: dy until the maximum is met, then 0. The first
        // match takes it all, so a match is all that need be tested.
        const [left, maximum, share] = [
          local(lane.type),
          local(lane.type),
          local(lane.type),
        ];
        const at = (base: Local) => lane.load(i32.add(base.get, channel.get));
        return [
          left.set(at(dy!)),
          maximum.set(at(y!)),
          eachPixel(local, window, channel, (position) => {
            const target = i32.add(dx!.get, position);
            return [
              share.set(
                lane.keepIfEqual(
                  left.get,
                  lane.load(i32.add(x!.get, position)),
                  maximum.get,
                ),
              ),
              left.set(lane.sub(left.get, share.get)),
              lane.store(target, lane.add(lane.load(target), share.get)),
            ];
          }),
        ];
      });
    },
  );
}

/** Inside the root of L2 pooling, as in lib/nn2/l2_pooling.ts. */
const epsilon = 1e-12;

/** Runs the body for every pixel; `position` counts bytes from the window. */
function eachPixel(
  local: (type: ValueType) => Local,
  window: Local[],
  channel: Local,
  body: (position: Code) => Code,
): Code {
  const [rows, columns, rowBytes, pixelBytes] = window as [
    Local,
    Local,
    Local,
    Local,
  ];
  const [row, column] = [local("i32"), local("i32")];
  const [line, position] = [local("i32"), local("i32")];
  return [
    line.set(channel.get),
    row.set(rows.get),
    repeat(row, [
      position.set(line.get),
      column.set(columns.get),
      repeat(column, [
        body(position.get),
        position.increase(pixelBytes.get),
      ]),
      line.increase(rowBytes.get),
    ]),
  ];
}
