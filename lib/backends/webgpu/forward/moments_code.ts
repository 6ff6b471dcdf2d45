import { each, groupSize, perQuad, perRow } from "./convolution_code.ts";

/** What the invocations of a workgroup tell each other. */
export const momentsDeclarations = `
var<workgroup> means: array<f32, ${groupSize * each}>;
var<workgroup> squares: array<f32, ${groupSize * each}>;
/** How many pixels a line of invocations has. */
fn pixelsFrom(first: u32, rows: u32) -> f32 {
  return f32(min(rows - min(first, rows), ${each}u));
}
/** 1 for a pixel that there is, else 0. */
fn isPixel(row: u32, rows: u32) -> f32 { return select(0.0, 1.0, row < rows); }
`;

/**
 * Leaves the mean and Σ (z − mean)² of an invocation's pixels to its workgroup. They
 * are found from distances from the first pixel: a mean of a million deviations would
 * leave few digits to them, and values that are all the same are exact.
 */
export const leaveMoments = `
  {
    let count = pixelsFrom(firstRow, rows);
    ${perRow((r) => `let is${r} = isPixel(firstRow + ${r}u, rows);`)}
    ${
  perQuad((q) => `
    let pivot${q} = sum0_${q};
    var shift${q} = vec4<f32>();
    ${perRow((r) => `shift${q} += (sum${r}_${q} - pivot${q}) * is${r};`)}
    shift${q} /= max(count, 1.0);
    let mean${q} = pivot${q} + shift${q};
    var square${q} = vec4<f32>();
    ${
    perRow((r) =>
      `{ let apart = sum${r}_${q} - pivot${q} - shift${q}; square${q} += apart * apart * is${r}; }`
    )
  }
    ${
    [0, 1, 2, 3].map((i) => `
    means[index * ${each}u + ${4 * q + i}u] = mean${q}[${i}];
    squares[index * ${each}u + ${4 * q + i}u] = square${q}[${i}];`).join("")
  }`)
}
  }
`;

/**
 * Writes the moments of a workgroup's pixels, of each filter by one invocation:
 * means and Σ (z − mean)² of the tile, as `PartialMoments` has them, and after those of
 * all tiles gamma, beta and bias. They come from those of the lines by Chan's formula,
 * as E[z²] − E[z]² would cancel.
 *
 * Source: Chan, Golub and LeVeque, "Updating formulae and a pairwise algorithm for
 * computing sample variances", 1979.
 */
export const writeMoments = `
  workgroupBarrier();
  let lineStep = across * ${each}u;
  let own = group.x * lineStep + index;
  if (index >= lineStep || own >= columns) { return; }
  if (rowTile == 0u) {
    let after = 2u * constants.tiles * columns + own;
    parts[after] = gamma[own];
    parts[after + columns] = beta[own];
    parts[after + 2u * columns] = bias[own];
  }
  let tileRow = rowTile * lines * ${each}u;
  if (tileRow >= rows) { return; }
  let pivot = means[index];
  var shift = 0.0;
  for (var i = 0u; i < lines; i++) {
    shift += (means[i * lineStep + index] - pivot) *
      pixelsFrom(tileRow + i * ${each}u, rows);
  }
  shift /= f32(min(rows - tileRow, lines * ${each}u));
  var square = 0.0;
  for (var i = 0u; i < lines; i++) {
    let apart = means[i * lineStep + index] - pivot - shift;
    square += squares[i * lineStep + index] +
      apart * apart * pixelsFrom(tileRow + i * ${each}u, rows);
  }
  parts[2u * rowTile * columns + own] = pivot + shift;
  parts[(2u * rowTile + 1u) * columns + own] = square;
`;
