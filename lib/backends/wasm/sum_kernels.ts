/**
 * Sums over the rows of `[rows, channels]`, one for each channel.
 *
 * @module
 */
import { defineFunction, type WasmFunction } from "./assembler.ts";
import {
  type Code,
  doWhile,
  i32,
  type Local,
  repeat,
  type ValueType,
  when,
} from "./instructions.ts";
import { eachChannel, type Lane } from "./lanes.ts";

/** The functions of this file, for the module. */
export function sumKernels(): WasmFunction[] {
  return [
    channelSums(),
    channelSquares(),
    normalizationSums("normalizationSums", false),
    normalizationSums("rectifiedNormalizationSums", true),
  ];
}

/** `channelSums(x, rows, channels, sums)`: adds Σ x to the sums. */
function channelSums(): WasmFunction {
  return defineFunction(
    "channelSums",
    4,
    (local, x, rows, channels, sums) =>
      addRows(local, rows!, channels!, [x!], [sums!], (value) => [value(x!)]),
  );
}

/** `channelSquares(x, mean, rows, channels, sums)`: adds Σ (x − mean)². */
function channelSquares(): WasmFunction {
  return defineFunction(
    "channelSquares",
    5,
    (local, x, mean, rows, channels, sums) =>
      addRows(
        local,
        rows!,
        channels!,
        [x!],
        [sums!],
        (value, constant, lane) => {
          const difference = lane.sub(value(x!), constant(mean!));
          return [lane.mul(difference, difference)];
        },
      ),
  );
}

/**
 * `…(dy, y, x, mean, inverse, rows, channels, dBeta, dGamma)`: the two sums of
 * batch normalization's gradient, Σ dy and Σ dy · (x − mean) · inverse, in the
 * rectified form only over the rows where y is positive.
 */
function normalizationSums(name: string, rectified: boolean): WasmFunction {
  return defineFunction(
    name,
    9,
    (local, dy, y, x, mean, inverse, rows, channels, dBeta, dGamma) =>
      addRows(
        local,
        rows!,
        channels!,
        rectified ? [dy!, y!, x!] : [dy!, x!],
        [dBeta!, dGamma!],
        (value, constant, lane) => {
          const gradient = rectified
            ? lane.keepIfGreater(value(dy!), value(y!), lane.constant(0))
            : value(dy!);
          const normalized = lane.mul(
            lane.sub(value(x!), constant(mean!)),
            constant(inverse!),
          );
          return [gradient, lane.mul(gradient, normalized)];
        },
      ),
  );
}

/** Rows that are added up before their sum is added to the total. */
const blockRows = 64;

/**
 * Adds a term of every row to each target, in blocks of 64 rows, so that the
 * rounding error of n rows grows with 64 + n / 64 and not with n.
 *
 * @param sources Advance from row to row.
 * @param terms What a row adds to each target, from its values of the sources
 * and from constants of the channel.
 */
function addRows(
  local: (type: ValueType) => Local,
  rows: Local,
  channels: Local,
  sources: Local[],
  targets: Local[],
  terms: (
    value: (source: Local) => Code,
    constant: (source: Local) => Code,
    lane: Lane,
  ) => Code[],
): Code {
  const [channel, position] = [local("i32"), local("i32")];
  const [height, row, pitch] = [local("i32"), local("i32"), local("i32")];
  const body = (lane: Lane): Code => {
    const sums = targets.map(() => local(lane.type));
    const value = (source: Local) =>
      lane.load(i32.add(source.get, position.get));
    const constant = (source: Local) =>
      lane.load(i32.add(source.get, channel.get));
    return [
      sums.map((sum) => sum.set(lane.constant(0))),
      position.set(channel.get),
      row.set(height.get),
      repeat(row, [
        terms(value, constant, lane).map((term, i) =>
          sums[i]!.set(lane.add(sums[i]!.get, term))
        ),
        position.increase(pitch.get),
      ]),
      targets.map((target, i) =>
        lane.store(
          i32.add(target.get, channel.get),
          lane.add(constant(target), sums[i]!.get),
        )
      ),
    ];
  };
  return [
    pitch.set(i32.mul(channels.get, i32.const(4))),
    when(
      rows.get,
      doWhile(rows.get, [
        height.set(i32.const(blockRows)),
        when(
          i32.lessThan(rows.get, i32.const(blockRows)),
          height.set(rows.get),
        ),
        eachChannel(channels, channel, body),
        sources.map((source) =>
          source.increase(i32.mul(height.get, pitch.get))
        ),
        rows.set(i32.sub(rows.get, height.get)),
      ]),
    ),
  ];
}
