/**
 * The passes of batch normalization over `[rows, channels]` in which every
 * channel has its own constants.
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
import { eachChannel, type Lane } from "./lanes.ts";

/** The functions of this file, for the module. */
export function normalizationKernels(): WasmFunction[] {
  return [
    scaleShift("scaleShift", false),
    scaleShift("rectifiedScaleShift", true),
    inputGradient("normalizationGradient", false),
    inputGradient("rectifiedNormalizationGradient", true),
  ];
}

/** `…(x, mean, scale, beta, y, rows, channels)`: y = (x − mean) · scale + beta. */
function scaleShift(name: string, rectified: boolean): WasmFunction {
  return defineFunction(
    name,
    7,
    (local, x, mean, scale, beta, y, rows, channels) =>
      eachRow(
        local,
        rows!,
        channels!,
        [x!],
        y!,
        (value, constant, lane) => {
          const sum = lane.add(
            lane.mul(
              lane.sub(value(x!), constant(mean!)),
              constant(scale!),
            ),
            constant(beta!),
          );
          return rectified ? lane.max(sum, lane.constant(0)) : sum;
        },
      ),
  );
}

/**
 * `…(dy, y, x, mean, p, q, r, dx, rows, channels)`:
 * dx = dy · p + (x − mean) · q + r, in the rectified form with dy only where y is
 * positive.
 */
function inputGradient(name: string, rectified: boolean): WasmFunction {
  return defineFunction(
    name,
    10,
    (local, dy, y, x, mean, p, q, r, dx, rows, channels) =>
      eachRow(
        local,
        rows!,
        channels!,
        rectified ? [dy!, y!, x!] : [dy!, x!],
        dx!,
        (value, constant, lane) => {
          const gradient = rectified
            ? lane.keepIfGreater(value(dy!), value(y!), lane.constant(0))
            : value(dy!);
          return lane.add(
            lane.mul(gradient, constant(p!)),
            lane.add(
              lane.mul(
                lane.sub(value(x!), constant(mean!)),
                constant(q!),
              ),
              constant(r!),
            ),
          );
        },
      ),
  );
}

/** Writes one value for every channel of every row. */
function eachRow(
  local: (type: ValueType) => Local,
  rows: Local,
  channels: Local,
  sources: Local[],
  target: Local,
  result: (
    value: (source: Local) => Code,
    constant: (source: Local) => Code,
    lane: Lane,
  ) => Code,
): Code {
  const [channel, pitch] = [local("i32"), local("i32")];
  return [
    pitch.set(i32.mul(channels.get, i32.const(4))),
    repeat(rows, [
      eachChannel(channels, channel, (lane) => {
        const at = (base: Local) => i32.add(base.get, channel.get);
        const load = (base: Local) => lane.load(at(base));
        return lane.store(at(target), result(load, load, lane));
      }),
      [...sources, target].map((base) => base.increase(pitch.get)),
    ]),
  ];
}
