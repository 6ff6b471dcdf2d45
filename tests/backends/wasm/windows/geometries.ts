import fc from "fast-check";
import { convolutionGeometry } from "../../../../lib/backends/wasm/windows/convolution_geometry.ts";
import type { Geometry } from "../../../../lib/backends/wasm/windows/geometry.ts";
import { poolGeometry } from "../../../../lib/backends/wasm/windows/pool_geometry.ts";

const side = (max: number) => fc.integer({ min: 1, max });
const length = fc.oneof({ weight: 5, arbitrary: side(9) }, fc.constant(1));
const border = fc.tuple(fc.nat(4), fc.nat(4));
const padding = fc.oneof(
  fc.constantFrom("same", "valid"),
  fc.nat(4),
  fc.tuple(border, border).map(([rows, columns]) => [
    ...[[0, 0], rows, columns, [0, 0]],
  ]),
);

/** What a convolution or a pool is told. */
export interface Given {
  /** `[batch, height, width, channels]`. */
  images: [number, number, number, number];
  size: [number, number];
  filters: number;
  strides: [number, number];
  dilations: [number, number];
  pad: string | number | number[][];
  dimRoundingMode: "floor" | "round" | "ceil" | undefined;
}

/** Windows of all kinds, whether they fit or not. */
export const anyWindows: fc.Arbitrary<Given> = fc.record({
  images: fc.tuple(side(3), length, length, side(3)),
  size: fc.tuple(side(5), side(5)),
  filters: side(3),
  strides: fc.tuple(side(6), side(6)),
  dilations: fc.tuple(side(3), side(3)),
  pad: padding,
  dimRoundingMode: fc.constantFrom("floor", "round", "ceil"),
}).map((given) => ({
  ...given,
  // tfjs rounds paddings in numbers alone.
  dimRoundingMode: typeof given.pad === "string"
    ? undefined
    : given.dimRoundingMode,
}));

/** Convolutions that there can be, with at least one window. */
export const convolutions: fc.Arbitrary<Geometry> = those((
  { images, size, filters, ...rest },
) => convolutionGeometry("test", images, [...size, images[3], filters], rest));

/** Pools that there can be, with at least one window. */
export const pools: fc.Arbitrary<Geometry> = those((
  { images, size, ...rest },
) => poolGeometry("test", images, { ...rest, filterSize: size }));

function those(build: (given: Given) => Geometry): fc.Arbitrary<Geometry> {
  return anyWindows.map((given) => {
    try {
      return build(given);
    } catch {
      return undefined;
    }
  }).filter((info) => info !== undefined && info.outHeight * info.outWidth > 0)
    .map((info) => info!);
}

/** An axis of a geometry. */
export interface Axis {
  /** Pixels of the images. */
  length: number;
  /** How many windows there are, and how far one is from the next. */
  windows: number;
  stride: number;
  /** Pixels from one of a window's taps to the next, and how many there are. */
  dilation: number;
  taps: number;
  padding: [before: number, after: number];
}

/** Both axes: down and across. */
export function axesOf(info: Geometry): [Axis, Axis] {
  const { top, bottom, left, right } = info.padInfo;
  return [{
    length: info.inHeight,
    windows: info.outHeight,
    stride: info.strideHeight,
    dilation: info.dilationHeight,
    taps: info.filterHeight,
    padding: [top, bottom],
  }, {
    length: info.inWidth,
    windows: info.outWidth,
    stride: info.strideWidth,
    dilation: info.dilationWidth,
    taps: info.filterWidth,
    padding: [left, right],
  }];
}

/** The pixel, or a place in the padding, that a window's tap sees. */
export const seenAt = (
  { stride, dilation, padding }: Axis,
  window: number,
  tap: number,
): number => window * stride + tap * dilation - padding[0];

/** Numbers from 0 to before an end. */
export const upTo = (end: number): number[] =>
  Array.from({ length: end }, (_, i) => i);

/** What each window of an axis sees, tap by tap. */
export const seenAlong = (axis: Axis): number[][] =>
  upTo(axis.windows).map((window) =>
    upTo(axis.taps).map((tap) => seenAt(axis, window, tap))
  );
