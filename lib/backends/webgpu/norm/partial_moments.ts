import type { TensorInfo } from "@tensorflow/tfjs";
import { elementOf, forLanes, lanesCode, lanesOf } from "../runtime/lanes.ts";
import { launch } from "../runtime/launch.ts";
import type { Shader } from "../runtime/shader.ts";
import type { WebGpuBackend } from "../runtime/tfjs_backend.ts";

/** A convolution's moments by tiles of its pixels, and the weights that follow it. */
export interface PartialMoments {
  /**
   * `[2 · tiles + 3, filters]`: for each tile the means and Σ (z − mean)², and then
   * gamma, beta and bias, as a shader reaches few buffers; the caller owns it.
   */
  parts: TensorInfo;
  tiles: number;
  /** The pixels of a tile; the last one may have fewer. */
  tileRows: number;
  /** All pixels. */
  rows: number;
}

/** WGSL: how many pixels a tile has. */
export const pixelsOf = `
fn pixelsOf(tile: u32, tileRows: u32) -> f32 {
  return f32(min(tileRows, constants.rows - tile * tileRows));
}`;

/** The tiles that whoever reads them all reads at most. */
const mostTiles = 64;
/** The tiles that they become where there are more. */
const fewTiles = 32;

/** By Chan's formula, with distances from the mean of the first tile. */
const shader = forLanes((lanes) => {
  const type = elementOf[lanes];
  return {
    name: "merged moments",
    inputs: { parts: type },
    outputs: { merged: type },
    constants: {
      rows: "u32",
      tileRows: "u32",
      tiles: "u32",
      /** How many become one. */
      each: "u32",
      /** In elements of the lanes. */
      channels: "u32",
    },
    code: `${lanesCode[lanes]}${pixelsOf}
@compute @workgroup_size(64)
fn main(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let channels = constants.channels;
  let c = id.x;
  if (c >= channels) { return; }
  let tileRows = constants.tileRows;
  let first = id.y * constants.each;
  let end = min(constants.tiles, first + constants.each);
  let pivot = parts[2u * first * channels + c];
  var shift = Value(0.0);
  var pixels = 0.0;
  for (var tile = first; tile < end; tile++) {
    let count = pixelsOf(tile, tileRows);
    shift += (parts[2u * tile * channels + c] - pivot) * count;
    pixels += count;
  }
  shift /= pixels;
  var square = Value(0.0);
  for (var tile = first; tile < end; tile++) {
    let apart = parts[2u * tile * channels + c] - pivot - shift;
    square += parts[(2u * tile + 1u) * channels + c] +
      apart * apart * pixelsOf(tile, tileRows);
  }
  merged[2u * id.y * channels + c] = pivot + shift;
  merged[(2u * id.y + 1u) * channels + c] = square;
  if (id.y == 0u) {
    for (var i = 0u; i < 3u; i++) {
      merged[(2u * groups.y + i) * channels + c] =
        parts[(2u * constants.tiles + i) * channels + c];
    }
  }
}`,
  } as const satisfies Shader;
});

/**
 * Moments of few tiles: the same, or those of larger tiles, which takes a launch. Then
 * the former ones are freed.
 *
 * Source: Chan, Golub and LeVeque, "Updating formulae and a pairwise algorithm for
 * computing sample variances", 1979.
 */
export function mergeMoments(
  backend: WebGpuBackend,
  moments: PartialMoments,
): PartialMoments {
  const { parts, tiles, tileRows, rows } = moments;
  if (tiles <= mostTiles) return moments;
  const filters = parts.shape[1]!;
  const each = Math.ceil(tiles / fewTiles);
  const count = Math.ceil(tiles / each);
  const merged = backend.makeTensorInfo([2 * count + 3, filters], "float32");
  const lanes = lanesOf(filters);
  const channels = filters / lanes;
  launch(backend, shader[lanes], {
    inputs: { parts },
    outputs: { merged },
    constants: { rows, tileRows, tiles, each, channels },
    workgroups: [Math.ceil(channels / 64), count],
  });
  backend.disposeData(parts.dataId);
  return { parts: merged, tiles: count, tileRows: each * tileRows, rows };
}
