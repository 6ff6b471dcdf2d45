import fc from "fast-check";
import { convolutionGeometry } from "../../../../lib/backends/wasm/windows/convolution_geometry.ts";
import type { Geometry } from "../../../../lib/backends/wasm/windows/geometry.ts";
import { assert, assertEquals, assertThrows } from "../../../assert.ts";
import {
  anyWindows,
  axesOf,
  type Axis,
  type Given,
  seenAlong,
  upTo,
} from "./geometries.ts";

/** How many windows there are along an axis, counted one by one. */
function countWindows(
  { length, stride, dilation, taps, padding }: Axis,
  rounding?: string,
): number {
  const room = length + padding[0] + padding[1] - ((taps - 1) * dilation + 1);
  const fitting = upTo(100).filter((i) => i * stride <= room).length;
  const rest = room - (fitting - 1) * stride;
  if (rounding === "ceil") return fitting + Number(rest > 0);
  if (rounding === "round") return fitting + Number(2 * rest >= stride);
  return fitting;
}

/**
 * The axes as tfjs counts windows along them: where the padding is a number, it
 * takes the filter's height and the stride down for both.
 */
function countedAxes(info: Geometry, { pad }: Given): [Axis, Axis] {
  const [down, across] = axesOf(info);
  const { stride, dilation, taps } = typeof pad === "number" ? down : across;
  return [down, { ...across, stride, dilation, taps }];
}

const geometryOf = (
  { images, size, filters, ...rest }: Given,
  outShape?: number[],
): Geometry => {
  const filter = [...size, images[3], filters];
  return convolutionGeometry("test", images, filter, rest, { outShape });
};

/** The geometry of what there can be; nothing if it is refused. */
function tryGeometry(given: Given): Geometry | undefined {
  try {
    return geometryOf(given);
  } catch (error) {
    assert(error instanceof RangeError, `${error}`);
  }
}

Deno.test("convolutionGeometry() has every window that fits, rounded as told", () => {
  fc.assert(
    fc.property(anyWindows, (given) => {
      const info = tryGeometry(given);
      fc.pre(info !== undefined);
      countedAxes(info!, given).forEach((axis) => {
        const expected = given.pad === "same"
          ? Math.ceil(axis.length / axis.stride)
          : countWindows(axis, given.dimRoundingMode);
        // tfjs also counts −0.
        assertEquals(axis.windows + 0, expected);
      });
    }),
    { numRuns: 1000 },
  );
});

Deno.test("convolutionGeometry() refuses nothing into which a window fits", () => {
  fc.assert(fc.property(anyWindows, (given) => {
    fc.pre(typeof given.pad !== "number" && !tryGeometry(given));
    const { size, dilations, images, pad } = given;
    const [rows, columns] = Array.isArray(pad) ? pad.slice(1) : [];
    const sides = [[rows, images[1]], [columns, images[2]]] as const;
    const fits = sides.every(([border = [pad, pad], length], axis) => {
      const around = pad === "valid"
        ? 0
        : Number(border[0]) + Number(border[1]);
      return (size[axis]! - 1) * dilations[axis]! < length + around;
    });
    assert(pad !== "same" && !fits, "a window fits");
  }));
});

Deno.test('convolutionGeometry() of "same" pads as far as windows reach, evenly', () => {
  fc.assert(fc.property(anyWindows, (given) => {
    const same = { ...given, pad: "same", dimRoundingMode: undefined };
    for (const axis of axesOf(geometryOf(same))) {
      const [before, after] = axis.padding;
      assert(before === after || before === after - 1, `${axis.padding}`);
      const seen = seenAlong(axis).flat();
      assertEquals(before, Math.max(0, -Math.min(...seen)));
      if (before + after === 0) assert(Math.max(...seen) < axis.length);
      else assertEquals(after, Math.max(...seen) - axis.length + 1);
    }
  }));
});

Deno.test("convolutionGeometry() finds the rounding that gives an output its shape", () => {
  fc.assert(fc.property(anyWindows, (given) => {
    const info = tryGeometry(given);
    const untold = { ...given, dimRoundingMode: undefined };
    // tfjs rounds down first, and refuses where nothing is left.
    fc.pre(info !== undefined && tryGeometry(untold) !== undefined);
    const found = geometryOf(untold, info!.outShape);
    assertEquals(found.outShape, info!.outShape);
    assertEquals(found.padInfo, info!.padInfo);
    const wrong = info!.outShape.with(1, info!.outHeight + 2);
    assertThrows(() => geometryOf(untold, wrong), RangeError, "gradient");
  }));
});
