/**
 * The shaders of pools. An invocation has elements of y, and walks over windows of x.
 *
 * @module
 */
import {
  elementOf,
  forLanes,
  type LaneCount,
  lanesCode,
} from "../runtime/lanes.ts";
import { forEachElement } from "../runtime/elements.ts";
import { windowConstants } from "../conv/windows.ts";
import type { ElementType, Shader } from "../runtime/shader.ts";

/** Where the windows of a pool lie. */
export const poolConstants = {
  ...windowConstants,
  /** In elements of the lanes. */
  channels: "u32",
  /** The elements of what is made. */
  size: "u32",
  /** For a gradient: 1 if it is added to what is there. */
  adds: "u32",
} as const;

/** The channel and the pixel of an element. */
export const place = `
    let channel = i % constants.channels;
    let pixel = i / constants.channels;
`;

/** The element of the images at a row and a column; those beside them are skipped. */
const inImage = `
fn isInImage(row: u32, column: u32) -> bool {
  // Before an image, whole numbers without a sign are beyond it.
  return row < constants.inHeight && column < constants.inWidth;
}
fn elementAt(image: u32, row: u32, column: u32, channel: u32) -> u32 {
  return ((image * constants.inHeight + row) * constants.inWidth + column) * constants.channels + channel;
}
`;

/** What is made of the values in a window, in WGSL. */
interface Fold {
  /** The type of its results, if it is not that of the values. */
  results?: ElementType;
  begin: string;
  /** For the pixel `value` of the window, at `down` and `across`. */
  each: string;
  result: string;
}

/** y, what a fold makes of each window. */
const poolShader = (name: string, foldOf: (lanes: LaneCount) => Fold) =>
  forLanes((lanes) => {
    const { results = elementOf[lanes], begin, each, result } = foldOf(lanes);
    return {
      name,
      inputs: { x: elementOf[lanes] },
      outputs: { y: results },
      constants: poolConstants,
      code: lanesCode[lanes] + inImage + forEachElement(`${place}
    let left = (pixel % constants.outWidth) * constants.strideWidth - constants.left;
    let top = (pixel / constants.outWidth % constants.outHeight) * constants.strideHeight - constants.top;
    let image = pixel / (constants.outWidth * constants.outHeight);
    ${begin}
    for (var down = 0u; down < constants.filterHeight; down++) {
      for (var across = 0u; across < constants.filterWidth; across++) {
        if (!isInImage(top + down, left + across)) { continue; }
        let value = x[elementAt(image, top + down, left + across, channel)];
        ${each}
      }
    }
    y[i] = ${result};`),
    } as const satisfies Shader;
  });

/** The least float32. */
const least = "Value(-3.4028234663852886e38)";

/** The greatest value of each window; NaN counts for nothing. */
export const maxPoolShader = poolShader("max pool", () => ({
  begin: `var most = ${least};`,
  each: "most = select(most, value, value > most);",
  result: "most",
}));

/** The places in a window that a position has; 255 is none. */
export const mostPlaces = 255;

/**
 * Where the first of the greatest values of each window is, row by row: a byte for
 * each channel of an element.
 */
export const positionsShader = poolShader(
  "positions of a max pool",
  (lanes) => {
    const places = lanes === 4 ? "vec4<u32>" : "u32";
    return {
      results: "u32",
      begin: `var most = ${least};
    var found = ${places}(${mostPlaces}u);`,
      each: `let isMore = value > most;
        found = select(found, ${places}(down * constants.filterWidth + across), isMore);
        most = select(most, value, isMore);`,
      result: lanes === 4
        ? "found.x | (found.y << 8u) | (found.z << 16u) | (found.w << 24u)"
        : "found",
    };
  },
);

/** sqrt(Σ x² + 1e-12), as in lib/nn2/layers/l2_pooling.ts. */
export const l2PoolShader = poolShader("L2 pool", () => ({
  begin: "var sum = Value(1e-12);",
  each: "sum += value * value;",
  result: "sqrt(sum)",
}));
