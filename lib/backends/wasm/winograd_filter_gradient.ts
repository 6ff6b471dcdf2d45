import type { Host } from "./host.ts";
import { multiplyColumns } from "./products.ts";
import type { Images } from "./windows.ts";
import { tilePixels, tileReach } from "./winograd_matrices.ts";
import {
  places,
  tabulateRows,
  tabulateTaps,
  tabulateTiles,
  taps,
  tileRuns,
  tileValues,
  tilingOf,
  zeros,
} from "./winograd_tiles.ts";

/** A convolution with 3×3 filters at stride 1 whose filter's gradient is due. */
export interface WinogradFilterGradient {
  input: Images;
  /** Rows and columns of zeros before the image. */
  padding: { top: number; left: number };
  /** The output's gradient. */
  dy: Images;
  /** Where the gradient `[3, 3, channels in, channels out]` goes. */
  target: number;
}

/**
 * The gradient of a convolution in its filters by Winograd's minimal filtering:
 * what was a product of values going forward is one of an input's value and the
 * gradient of an output's value, summed over all tiles,
 *
 * dg = Gᵀ [Σ (Bᵀ d B) ⊙ (A dY Aᵀ)] G
 *
 * The products are made with rows and columns swapped: the matrix that is packed
 * is then the inputs', which have fewer channels than the outputs as a rule.
 */
export function winogradFilterGradient(
  host: Host,
  { input, padding, dy, target }: WinogradFilterGradient,
): void {
  const [inChannels, outChannels] = [input.channels, dy.channels];
  const size = inChannels * outChannels;
  const tiling = tilingOf(dy);
  if (tiling.count === 0) {
    host.floats().fill(0, target / 4, target / 4 + taps * size);
    return;
  }
  const runs = tileRuns(tiling.count);
  const rows = runs[0]!.count;
  const inputs = tileValues(host, "tile inputs", rows * inChannels);
  const gradients = tileValues(host, "tile products", rows * outChannels);
  const products = tileValues(host, "tile filters", size);
  const aTable = tabulateRows(
    host,
    "gradient table",
    gradients,
    rows,
    outChannels,
  );
  const bTable = tabulateRows(
    host,
    "window table",
    inputs,
    rows,
    inChannels,
    places,
  );
  const border = zeros(host, Math.max(inChannels, outChannels));
  const window = { images: input, side: tileReach, ...padding };
  const pixels = { images: dy, side: tilePixels, top: 0, left: 0 };
  for (const run of runs) {
    host.call.winogradInput!(
      run.count,
      inChannels,
      tabulateTiles(host, "tile windows", tiling, run, window, border),
      inputs.address,
      inputs.stride,
    );
    host.call.winogradOutputGradient!(
      run.count,
      outChannels,
      tabulateTiles(host, "tile pixels", tiling, run, pixels, border),
      gradients.address,
      gradients.stride,
    );
    for (let place = 0; place < places; place++) {
      multiplyColumns(host, {
        aTable,
        groups: [{
          aOffset: place * gradients.stride,
          rows: outChannels,
        }],
        range: { first: 0, count: run.count },
        products: [{
          bTable: bTable + 4 * place * rows,
          columns: inChannels,
          cStride: inChannels * 4,
          targets: [products.address + place * products.stride],
        }],
        accumulates: run.first > 0,
      });
    }
  }
  const transposed = host.scratch("transposed taps", taps * size * 4);
  host.call.winogradFilterGradient!(
    1,
    size,
    tabulateTaps(host, transposed, size),
    products.address,
    products.stride,
  );
  for (let tap = 0; tap < taps; tap++) {
    const offset = tap * size * 4;
    host.call.transpose!(
      transposed + offset,
      target + offset,
      outChannels,
      inChannels,
    );
  }
}
