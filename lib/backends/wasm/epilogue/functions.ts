/**
 * Passes over finished rows `[rows, channels]`, in which every channel has constants
 * or sums of its own.
 *
 * @module
 */
import type { Code, Declare, Local } from "../asm/code.ts";
import { repeat } from "../asm/control.ts";
import { i32 } from "../asm/integers.ts";
import { eachValue, type Lane } from "../asm/lanes.ts";
import { type ChannelAccess, eachRow } from "../asm/row_streams.ts";
import { wasmFunction } from "../asm/wasm_function.ts";

/** Adds a value per channel, in place. */
export const addBias = biasFunction("addBias", (_lane, sum) => sum);
/** The same, with 0 for what is then negative. */
export const addBiasRectified = biasFunction("addBiasRectified", rectified);

/** y = (x − mean) · scale + beta. y may be x. */
export const scaleShift = lineFunction("scaleShift", (_lane, sum) => sum);
/** The same, with 0 for what is negative. */
export const rectifiedScaleShift = lineFunction(
  "rectifiedScaleShift",
  rectified,
);

type OfSum = (lane: Lane, sum: Code) => Code;

function rectified(lane: Lane, sum: Code): Code {
  return lane.max(sum, lane.constant(0));
}

function biasFunction(name: string, ofSum: OfSum) {
  return wasmFunction(
    name,
    ["y", "bias", "rows", "channels"],
    ({ y, bias, rows, channels }, local) =>
      repeat(rows, [
        eachValue(local, channels, (lane, { load, store }) =>
          store(y, ofSum(lane, lane.add(load(y), load(bias))))),
        y.increase(i32.mul(channels.get, i32.const(4))),
      ]),
  );
}

function lineFunction(name: string, ofSum: OfSum) {
  return wasmFunction(
    name,
    ["x", "mean", "scale", "beta", "y", "rows", "channels"],
    ({ x, y, rows, channels, ...constants }, local) =>
      eachRow(local, rows, channels, [x, y], (lane, access) => {
        const line = lineThrough(local, lane, access, constants);
        return {
          before: line.load,
          row: (access) =>
            access.write(y, ofSum(lane, line.at(access.value(x)))),
        };
      }),
  );
}

/**
 * (x − mean) · scale + beta, always in these three operations: so the gradient
 * finds, to the last bit, the places that the ReLU has cut off.
 */
export function lineThrough(
  local: Declare,
  lane: Lane,
  access: ChannelAccess,
  addresses: Record<"mean" | "scale" | "beta", Local>,
) {
  const [mean, scale] = [local(lane.type), local(lane.type)];
  const beta = local(lane.type);
  const distance = (x: Code) => lane.sub(x, mean.get);
  const height = (distance: Code) =>
    lane.add(lane.mul(distance, scale.get), beta.get);
  return {
    load: [
      mean.set(access.constant(addresses.mean)),
      scale.set(access.constant(addresses.scale)),
      beta.set(access.constant(addresses.beta)),
    ],
    scale: scale.get,
    distance,
    height,
    at: (x: Code) => height(distance(x)),
  };
}

/** Adds Σ (x − pivot) and Σ (x − pivot)² to the channels' sums. */
export const channelMoments = wasmFunction(
  "channelMoments",
  ["x", "pivot", "rows", "channels", "sums", "squares"],
  ({ x, pivot, rows, channels, sums, squares }, local) =>
    eachRow(local, rows, channels, [x], (lane, access) => {
      const [from, distance] = [local(lane.type), local(lane.type)];
      const [sum, square] = [local(lane.type), local(lane.type)];
      return {
        before: [
          from.set(access.constant(pivot)),
          sum.set(lane.constant(0)),
          square.set(lane.constant(0)),
        ],
        row: (access) => [
          distance.set(lane.sub(access.value(x), from.get)),
          sum.set(lane.add(sum.get, distance.get)),
          square.set(
            lane.add(square.get, lane.mul(distance.get, distance.get)),
          ),
        ],
        after: [access.add(sums, sum.get), access.add(squares, square.get)],
      };
    }),
);
