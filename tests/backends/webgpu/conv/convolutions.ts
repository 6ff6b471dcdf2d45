/** A convolution to try. */
export interface Convolution {
  x: [number, number, number, number];
  kernel: [number, number];
  filters: number;
  strides: number | [number, number];
  pad: "same" | "valid" | number | [number, number][];
  rounding?: "floor" | "round" | "ceil";
}

/** A convolution, with square filters where one side is given. */
export function of(
  x: Convolution["x"],
  kernel: number | [number, number],
  filters: number,
  strides: Convolution["strides"] = 1,
  pad: Convolution["pad"] = "same",
  rounding?: Convolution["rounding"],
): Convolution {
  const sides: [number, number] = typeof kernel === "number"
    ? [kernel, kernel]
    : kernel;
  return {
    x,
    kernel: sides,
    filters,
    strides,
    pad,
    ...rounding && { rounding },
  };
}

/** Those whose gradients are compared. */
export const convolutions: Convolution[] = [
  // The filters and strides of NN2; sizes that no tile divides.
  ...[1, 3, 5, 7].flatMap((kernel) =>
    [1, 2].flatMap((stride) =>
      (["same", "valid"] as const).map((pad) =>
        of([2, 9, 8, 2 + kernel], kernel, 5 + stride, stride, pad)
      )
    )
  ),
  // Whole tiles, and channels that vectors of four divide.
  of([2, 8, 8, 32], 3, 64),
  of([2, 7, 7, 36], 5, 12, 2),
  of([3, 6, 5, 16], 1, 132),
  of([1, 9, 9, 4], 3, 6),
  of([1, 9, 9, 6], 3, 4, 2),
  // One channel, one filter, one pixel.
  of([1, 1, 1, 1], 1, 1),
  of([1, 1, 1, 1], 3, 1),
  of([1, 5, 5, 1], 7, 64, 2),
  // More pixels than one part of the depth has.
  of([30, 14, 14, 4], 3, 8),
  // Unequal sides and strides; paddings; strides beyond the filter.
  of([3, 7, 5, 3], [3, 1], 8, [2, 1]),
  of([3, 5, 7, 4], [1, 4], 8, [1, 3], "valid"),
  of([2, 6, 6, 2], 3, 3, 1, 2),
  of([2, 6, 6, 2], 1, 3, 3, 0),
  of([2, 6, 6, 4], 2, 4, 3, "valid"),
  of([2, 6, 7, 2], 3, 3, 2, [[0, 0], [1, 2], [0, 3], [0, 0]]),
  // Sizes that were rounded up: tfjs does not tell a gradient of that.
  of([2, 6, 6, 3], 3, 4, 2, 0, "ceil"),
];
