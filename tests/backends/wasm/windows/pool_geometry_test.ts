import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { poolGeometry } from "../../../../lib/backends/wasm/windows/pool_geometry.ts";
import { assertEquals, assertThrows } from "../../../assert.ts";
import { anyWindows, axesOf, seenAlong } from "./geometries.ts";

Deno.test("poolGeometry() refuses just the pools with a window that sees no pixel", () => {
  fc.assert(
    fc.property(anyWindows, (given) => {
      const { images, size, strides, pad, dimRoundingMode } = given;
      const info = tf.backend_util.computePool2DInfo(
        images,
        size,
        strides,
        1,
        pad as "same",
        dimRoundingMode,
      );
      fc.pre(info.outHeight > 0 && info.outWidth > 0);
      const seesAll = axesOf(info).every((axis) =>
        seenAlong(axis).every((window) =>
          window.some((pixel) => pixel >= 0 && pixel < axis.length)
        )
      );
      const build = () =>
        poolGeometry("test", images, { ...given, filterSize: size });
      if (seesAll) assertEquals(build().outShape, info.outShape);
      else assertThrows(build, RangeError, "that see a pixel each");
    }),
    { numRuns: 1000 },
  );
});
