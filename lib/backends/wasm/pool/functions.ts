/**
 * Pooling of one image and its gradients. All take `(…, spans, rows, columns,
 * rowBytes, channels)`, the grid of pool_windows.ts.
 *
 * @module
 */
import { defineFunction, type WasmFunction } from "../asm/assembler.ts";
import { i32, type Local } from "../asm/instructions.ts";
import { eachChannel, type Lane } from "../asm/lanes.ts";
import { eachWindow } from "./window_loop.ts";

/** The functions of this file, for the module. */
export function poolKernels(): WasmFunction[] {
  return [
    maxPool(),
    maxPoolGradient(),
    l2Pool(),
    l2PoolGradient(),
    averagePool(),
    sumPool(),
    quotients(),
  ];
}

/** `maxPool(x, y, …)`: the greatest x of the window; NaN counts for nothing. */
function maxPool(): WasmFunction {
  return defineFunction(
    "maxPool",
    7,
    (local, x, y, ...grid) =>
      eachWindow(local, x!, [y!], grid, (lane, channel, eachPixel) => {
        const [best, value] = [local(lane.type), local(lane.type)];
        return [
          best.set(lane.constant(-Infinity)),
          eachPixel((at) => [
            value.set(lane.load(at.get)),
            best.set(lane.max(best.get, value.get)),
          ]),
          lane.store(i32.add(y!.get, channel.get), best.get),
        ];
      }),
  );
}

/**
 * `maxPoolGradient(x, dx, y, dy, …)`: adds dy to dx at the first pixel of the
 * window, row by row, whose x equals the maximum y, as tfjs's cpu backend does.
 */
function maxPoolGradient(): WasmFunction {
  return defineFunction(
    "maxPoolGradient",
    9,
    (local, x, dx, y, dy, ...grid) => {
      const toGradient = local("i32");
      return [
        toGradient.set(i32.sub(dx!.get, x!.get)),
        eachWindow(local, x!, [y!, dy!], grid, (lane, channel, eachPixel) => {
          // What is left to give: dy until the maximum is met, then 0. The first
          // match takes it all, so a match is all that need be tested.
          const [left, maximum, value] = [
            local(lane.type),
            local(lane.type),
            local(lane.type),
          ];
          return [
            left.set(lane.load(i32.add(dy!.get, channel.get))),
            maximum.set(lane.load(i32.add(y!.get, channel.get))),
            eachPixel((at) => {
              const target = i32.add(at.get, toGradient.get);
              const share = lane.keepIfEqual(
                left.get,
                value.get,
                maximum.get,
              );
              return [
                value.set(lane.load(at.get)),
                lane.store(target, lane.add(lane.load(target), share)),
                left.set(
                  lane.keepUnlessEqual(left.get, value.get, maximum.get),
                ),
              ];
            }),
          ];
        }),
      ];
    },
  );
}

/** Inside the root of L2 pooling, as in lib/nn2/layers/l2_pooling.ts. */
const epsilon = 1e-12;

/** `l2Pool(x, y, …)`: y = sqrt(Σ x² + 1e-12) over the window. */
function l2Pool(): WasmFunction {
  return defineFunction(
    "l2Pool",
    7,
    (local, x, y, ...grid) =>
      eachWindow(local, x!, [y!], grid, (lane, channel, eachPixel) => {
        const [sum, value] = [local(lane.type), local(lane.type)];
        return [
          sum.set(lane.constant(epsilon)),
          eachPixel((at) => [
            value.set(lane.load(at.get)),
            sum.set(lane.add(sum.get, lane.mul(value.get, value.get))),
          ]),
          lane.store(i32.add(y!.get, channel.get), lane.sqrt(sum.get)),
        ];
      }),
  );
}

/**
 * `l2PoolGradient(quotients, x, dx, …)`: dx = x · Σ dy / y over the windows that
 * a pixel belongs to, which are themselves a window of the quotients.
 */
function l2PoolGradient(): WasmFunction {
  return defineFunction(
    "l2PoolGradient",
    8,
    (local, quotients, x, dx, ...grid) =>
      eachWindow(
        local,
        quotients!,
        [x!, dx!],
        grid,
        (lane, channel, eachPixel) => {
          const sum = local(lane.type);
          const own = (base: Local) => i32.add(base.get, channel.get);
          return [
            sum.set(lane.constant(0)),
            eachPixel((at) => sum.set(lane.add(sum.get, lane.load(at.get)))),
            lane.store(own(dx!), lane.mul(lane.load(own(x!)), sum.get)),
          ];
        },
      ),
  );
}

/** `averagePool(x, y, …)`: the mean of the x that the window sees. */
function averagePool(): WasmFunction {
  return defineFunction(
    "averagePool",
    7,
    (local, x, y, ...grid) =>
      eachWindow(local, x!, [y!], grid, (lane, channel, eachPixel) => {
        const [sum, count] = [local(lane.type), local(lane.type)];
        return [
          sum.set(lane.constant(0)),
          count.set(lane.constant(0)),
          eachPixel((at) => [
            sum.set(lane.add(sum.get, lane.load(at.get))),
            count.set(lane.add(count.get, lane.constant(1))),
          ]),
          lane.store(
            i32.add(y!.get, channel.get),
            lane.div(sum.get, count.get),
          ),
        ];
      }),
  );
}

/** `sumPool(x, y, …)`: y = Σ x over the window. */
function sumPool(): WasmFunction {
  return defineFunction(
    "sumPool",
    7,
    (local, x, y, ...grid) =>
      eachWindow(local, x!, [y!], grid, (lane, channel, eachPixel) => {
        const sum = local(lane.type);
        return [
          sum.set(lane.constant(0)),
          eachPixel((at) => sum.set(lane.add(sum.get, lane.load(at.get)))),
          lane.store(i32.add(y!.get, channel.get), sum.get),
        ];
      }),
  );
}

/** `quotients(a, b, target, count)`: a / b. */
function quotients(): WasmFunction {
  return defineFunction("quotients", 4, (local, a, b, target, count) => {
    const offset = local("i32");
    const at = (base: Local) => i32.add(base.get, offset.get);
    return eachChannel(
      count!,
      offset,
      (lane: Lane) =>
        lane.store(at(target!), lane.div(lane.load(at(a!)), lane.load(at(b!)))),
    );
  });
}
