import { elementOf, forLanes, lanesCode } from "../runtime/lanes.ts";
import type { Shader } from "../runtime/shader.ts";
import { pixelsOf } from "./partial_moments.ts";

/** The invocations of a workgroup. */
export const groupSize = 64;

/**
 * A workgroup has some channels, as many as `width`, of some rows. Each of them finds
 * the moments by itself, from few tiles, which saves a launch. The first one of some
 * channels writes their constants and statistics.
 */
export const normalizeShader = forLanes((lanes) => {
  const type = elementOf[lanes];
  return {
    name: "rectified normalization of a batch",
    inputs: {
      z: type,
      parts: type,
      movingMean: type,
      movingVariance: type,
    },
    outputs: { y: type, table: type, movedMean: type, movedVariance: type },
    constants: {
      rows: "u32",
      tileRows: "u32",
      tiles: "u32",
      /** In elements of the lanes. */
      channels: "u32",
      /** A power of 2 up to the workgroup's size. */
      width: "u32",
      /** The rows of a workgroup. */
      groupRows: "u32",
      epsilon: "f32",
      momentum: "f32",
      /** 1 − momentum. */
      rest: "f32",
    },
    code: `${lanesCode[lanes]}${pixelsOf}
var<workgroup> sums: array<Value, ${groupSize}>;
/** The sum over a channel's invocations, for each of them. */
fn totalOf(sum: Value, index: u32, width: u32) -> Value {
  workgroupBarrier();
  sums[index] = sum;
  workgroupBarrier();
  var total = Value(0.0);
  for (var i = index % width; i < ${groupSize}u; i += width) { total += sums[i]; }
  return total;
}
@compute @workgroup_size(${groupSize})
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(local_invocation_index) index: u32,
) {
  let width = constants.width;
  let channels = constants.channels;
  let tiles = constants.tiles;
  let tileRows = constants.tileRows;
  let lines = ${groupSize}u / width;
  let line = index / width;
  let channel = group.x * width + index % width;
  // What has no channel reads the last one, and writes nothing.
  let c = min(channel, channels - 1u);
  let rows = f32(max(1u, constants.rows));
  // Distances from the mean of the first tile keep their digits where means are large.
  let pivot = select(parts[c], Value(0.0), tiles == 0u);
  var sum = Value(0.0);
  for (var tile = line; tile < tiles; tile += lines) {
    sum += (parts[2u * tile * channels + c] - pivot) * pixelsOf(tile, tileRows);
  }
  let shift = totalOf(sum, index, width) / rows;
  let mean = pivot + shift;
  sum = Value(0.0);
  for (var tile = line; tile < tiles; tile += lines) {
    let apart = parts[2u * tile * channels + c] - pivot - shift;
    sum += parts[(2u * tile + 1u) * channels + c] +
      apart * apart * pixelsOf(tile, tileRows);
  }
  let variance = totalOf(sum, index, width) / rows;
  if (channel >= channels) { return; }
  let inverse = 1.0 / sqrt(variance + constants.epsilon);
  let scale = parts[2u * tiles * channels + c] * inverse;
  let beta = parts[(2u * tiles + 1u) * channels + c];
  if (group.y == 0u && line == 0u) {
    let bias = parts[(2u * tiles + 2u) * channels + c];
    table[c] = mean;
    table[channels + c] = inverse;
    table[2u * channels + c] = scale;
    table[3u * channels + c] = beta;
    movedMean[c] = constants.momentum * movingMean[c] + constants.rest * (mean + bias);
    movedVariance[c] = constants.momentum * movingVariance[c] + constants.rest * variance;
  }
  let first = group.y * constants.groupRows;
  let end = min(constants.rows, first + constants.groupRows);
  for (var row = first + line; row < end; row += lines) {
    let height = (z[row * channels + c] - mean) * scale + beta;
    // A NaN stays.
    y[row * channels + c] = select(height, Value(0.0), height < Value(0.0));
  }
}`,
  } as const satisfies Shader;
});
