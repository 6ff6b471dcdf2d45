import type { LaneCount } from "../runtime/lanes.ts";

/** What of a convolution its code depends on. */
export interface ConvolutionVariant {
  /** How many channels of the images one read takes. */
  lanesIn: LaneCount;
  /** How many filters one read and one write take. */
  lanesOut: LaneCount;
  /** Whether windows reach beyond the images. */
  isPadded: boolean;
}

/** The pixels and the filters that an invocation has: 8 × 8 sums in registers. */
export const each = 8;
/** The invocations of a workgroup. */
export const groupSize = 64;

/** Code for each of an invocation's pixels. */
export const perRow = (code: (row: number) => string): string =>
  upTo(each).map(code).join("\n");

/** Code for each four of an invocation's filters. */
export const perQuad = (code: (quad: number) => string): string =>
  upTo(each / 4).map(code).join("\n");

const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);

/** What every convolution's shader has among its constants. */
export const convolutionConstants = {
  inHeight: "u32",
  inWidth: "u32",
  inChannels: "u32",
  outHeight: "u32",
  outWidth: "u32",
  filterWidth: "u32",
  strideHeight: "u32",
  strideWidth: "u32",
  top: "u32",
  left: "u32",
  /** The taps of the filter that see a pixel of an image: the others are 0. */
  firstTapRow: "u32",
  endTapRow: "u32",
  firstTapColumn: "u32",
  endTapColumn: "u32",
  /** All pixels of the result. */
  rows: "u32",
  /** How many invocations next to each other have filters of their own. */
  across: "u32",
} as const;

/**
 * The opening of a convolution's entry point: which pixels and filters an invocation
 * has. A workgroup has 8 × `across` filters.
 */
export const convolutionOpening = `
@compute @workgroup_size(${groupSize})
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) index: u32,
) {
  let rows = constants.rows;
  let across = constants.across;
  let lines = ${groupSize}u / across;
  let line = index / across;
  // More tiles of pixels than one dimension has go on in the next one.
  let rowTile = group.z * groups.y + group.y;
  let firstRow = (rowTile * lines + line) * ${each}u;
`;

/**
 * The code of a convolution without its opening: an implicit product of matrices, of
 * the images' windows and the filters. After it the sums of an invocation are
 * `sum{row}_{quad}`, `column` is its first filter and `isInside` whether it has any.
 *
 * A value is read by the invocations that need it, past workgroup memory, and used
 * eight times: as often as tiles in that memory would give a GPU, whose neighbors'
 * reads are the same or in a row, and without barriers. The taps are the outer loop,
 * so that where a window lies is found once for all channels.
 *
 * @param filter The buffer of `[height, width, channels, filters]`.
 * @param columns How many filters there are, in WGSL.
 */
export function convolutionSums(
  { lanesIn, lanesOut, isPadded }: ConvolutionVariant,
  filter: string,
  columns: string,
): string {
  return `
  let columns = ${columns};
  let column = (group.x * across + index % across) * ${each}u;
  let isInside = firstRow < rows && column < columns;
  ${perQuad((q) => `let ${columnPlaces(lanesOut, q)}`)}
  ${perRow((r) => perQuad((q) => `var sum${r}_${q} = vec4<f32>();`))}
  if (isInside) {
    let filterWidth = constants.filterWidth;
    let inHeight = constants.inHeight;
    let inWidth = constants.inWidth;
    let inChannels = constants.inChannels;
    let depth = inChannels / ${lanesIn}u;
    let filterStep = columns / ${lanesOut}u;
    let endTapRow = constants.endTapRow;
    let firstTapColumn = constants.firstTapColumn;
    let endTapColumn = constants.endTapColumn;
    ${perRow(windowPlace)}
    for (var tapRow = constants.firstTapRow; tapRow < endTapRow; tapRow++) {
      for (var tapColumn = firstTapColumn; tapColumn < endTapColumn; tapColumn++) {
        let tap = tapRow * inWidth + tapColumn;
        ${
    perRow((r) =>
      isPadded
        ? `
        let sees${r} = y${r} + tapRow < inHeight && x${r} + tapColumn < inWidth;
        let from${r} = select(0u, (pixel${r} + tap) * depth, sees${r});`
        : `let from${r} = (pixel${r} + tap) * depth;`
    )
  }
        var weight = (tapRow * filterWidth + tapColumn) * inChannels * filterStep;
        for (var c = 0u; c < depth; c++) {
          ${
    perRow((r) => {
      const value = `x[from${r} + c]`;
      return `let a${r} = ${
        isPadded ? `select(Pixel(0.0), ${value}, sees${r})` : value
      };`;
    })
  }
          ${
    upTo(lanesIn).map((lane) => {
      const part = lanesIn === 1 ? "" : `.${"xyzw"[lane]}`;
      return `{
            ${
        perQuad((q) =>
          `let b${q} = ${readQuad(lanesOut, filter, "weight", q)};`
        )
      }
            ${
        perRow((r) =>
          perQuad((q) =>
            `sum${r}_${q} = fma(vec4(a${r}${part}), b${q}, sum${r}_${q});`
          )
        )
      }
            weight += filterStep;
          }`;
    }).join("\n")
  }
        }
      }
    }
  }
`;
}

/**
 * Where a pixel's window begins. Before the image, whole numbers without a sign are
 * beyond it, and come back when the tap is added. Pixels beyond the last one are that.
 */
const windowPlace = (r: number) => `
    let row${r} = min(firstRow + ${r}u, rows - 1u);
    let outLine${r} = row${r} / constants.outWidth;
    let image${r} = outLine${r} / constants.outHeight;
    let y${r} = (outLine${r} - image${r} * constants.outHeight) * constants.strideHeight - constants.top;
    let x${r} = (row${r} - outLine${r} * constants.outWidth) * constants.strideWidth - constants.left;
    let pixel${r} = (image${r} * inHeight + y${r}) * inWidth + x${r};`;

/** Declares where four filters of an invocation lie; those beyond the last are that. */
const columnPlaces = (lanes: LaneCount, q: number) =>
  lanes === 4
    ? `place${q} = min(column / 4u + ${q}u, columns / 4u - 1u);`
    : `place${q} = min(vec4(column) + vec4(${4 * q}u, ${4 * q + 1}u, ${
      4 * q + 2
    }u, ${4 * q + 3}u), vec4(columns - 1u));`;

/** Four values of an invocation's filters, from a place in a buffer on. */
export function readQuad(
  lanes: LaneCount,
  buffer: string,
  from: string,
  quad: number,
): string {
  if (lanes === 4) return `${buffer}[${from} + place${quad}]`;
  const values = [..."xyzw"].map((lane) =>
    `${buffer}[${from} + place${quad}.${lane}]`
  );
  return `vec4(${values.join(", ")})`;
}

/**
 * Writes the results of an invocation, within the bounds.
 *
 * @param valueOf The code of what is written, given a row and a quad.
 */
export function writeResults(
  lanes: LaneCount,
  buffer: string,
  valueOf: (row: number, quad: number) => string,
): string {
  const write = (r: number, q: number) =>
    lanes === 4
      ? `if (column + ${
        4 * q
      }u < columns) { ${buffer}[(at${r} + column) / 4u + ${q}u] = ${
        valueOf(r, q)
      }; }`
      : `{ let value = ${valueOf(r, q)};
${
        upTo(4).map((i) =>
          `if (column + ${
            4 * q + i
          }u < columns) { ${buffer}[at${r} + column + ${
            4 * q + i
          }u] = value[${i}]; }`
        ).join("\n")
      } }`;
  return perRow((r) => `
  if (isInside && firstRow + ${r}u < rows) {
    let at${r} = (firstRow + ${r}u) * columns;
    ${perQuad((q) => write(r, q))}
  }`);
}
