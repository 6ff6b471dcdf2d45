import fc from "fast-check";
import {
  phases,
  reach,
} from "../../../../lib/backends/wasm/conv/input_phases.ts";
import { assert, assertEquals } from "../../../assert.ts";
import { upTo } from "../windows/geometries.ts";

const axes = fc.record({
  size: fc.integer({ min: 1, max: 7 }),
  stride: fc.integer({ min: 1, max: 4 }),
  padding: fc.nat(4),
  outSize: fc.integer({ min: 1, max: 9 }),
});

Deno.test("phases() has each tap once, by the output pixel that it ties an input pixel to", () => {
  fc.assert(fc.property(axes, ({ size, stride, padding }) => {
    const all = phases(size, stride, padding);
    assertEquals(all.length, stride);
    assertEquals(
      all.flat().map(({ tap }) => tap).toSorted((a, b) => a - b),
      upTo(size),
    );
    all.forEach((taps, phase) => {
      for (const { tap, offset } of taps) {
        // The window of output pixel `offset` has this tap on the phase's pixel 0.
        assertEquals(offset * stride - padding + tap, phase);
      }
      const offsets = taps.map(({ offset }) => offset);
      assertEquals(offsets, offsets.toSorted((a, b) => a - b));
    });
  }));
});

Deno.test("reach() is how far any tap of any input pixel looks beside the output", () => {
  fc.assert(
    fc.property(axes, fc.integer({ min: 1, max: 12 }), (axis, inSize) => {
      const { size, stride, padding, outSize } = axis;
      fc.pre(inSize >= stride);
      const outputs = upTo(inSize).flatMap((pixel) =>
        upTo(size).map((tap) => (pixel + padding - tap) / stride)
          .filter(Number.isInteger)
      );
      const { before, after } = reach(
        phases(size, stride, padding),
        inSize,
        stride,
        outSize,
      );
      assert(before >= 0 && after >= 0, "no padding is negative");
      assertEquals(before + 0, Math.max(0, -Math.min(0, ...outputs)));
      assertEquals(after, Math.max(0, ...outputs.map((o) => o - outSize + 1)));
    }),
  );
});
