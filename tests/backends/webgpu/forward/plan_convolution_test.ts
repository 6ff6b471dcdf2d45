import fc from "fast-check";
import { planConvolution } from "../../../../lib/backends/webgpu/forward/plan_convolution.ts";
import { windowsOf } from "../../../../lib/backends/webgpu/conv/windows.ts";
import { assert, assertEquals } from "../../../assert.ts";

const upTo = (max: number) => fc.integer({ min: 1, max });
const anyConvolution = fc.record({
  batch: fc.nat(300),
  sides: fc.tuple(upTo(14), upTo(14)),
  window: fc.tuple(upTo(7), upTo(7)),
  filters: upTo(300),
  strides: upTo(3),
  pad: fc.constantFrom("same", "valid"),
}).filter(({ sides, window, pad }) =>
  pad === "same" || sides.every((side, i) => window[i]! <= side)
);

const planOf = (
  { batch, sides, window, filters, strides, pad }: typeof anyConvolution extends
    fc.Arbitrary<infer Given> ? Given : never,
  mostGroups: number,
) => {
  const windows = windowsOf(
    "test",
    [batch, ...sides, 3],
    [...window, 3, filters],
    { strides, pad },
  );
  return { windows, plan: planConvolution(windows, mostGroups) };
};

Deno.test("planConvolution() covers all pixels and filters, within the device's limit", () => {
  fc.assert(
    fc.property(anyConvolution, upTo(40), (given, mostGroups) => {
      const { windows, plan } = planOf(given, mostGroups);
      const { tileRows, tiles, constants, workgroups } = plan;
      const rows = windows.batch * windows.outHeight * windows.outWidth;
      assertEquals(constants.rows, rows);
      assert(tiles * tileRows >= rows && (tiles - 1) * tileRows < rows);
      assertEquals(tileRows, 8 * 64 / constants.across);
      const [across, down, beyond] = workgroups;
      const wide = 8 * constants.across;
      assert(across * wide >= given.filters);
      assert((across - 1) * wide < given.filters);
      assert(down <= mostGroups);
      assert(down * beyond >= tiles && down * beyond < tiles + down + 1);
    }),
  );
});

Deno.test("planConvolution() leaves out the taps that see no pixel, and knows padding", () => {
  fc.assert(fc.property(anyConvolution, (given) => {
    const { windows, plan } = planOf(given, 65_535);
    const { constants, variant } = plan;
    const axes = [
      ["Height", "top", constants.firstTapRow, constants.endTapRow],
      ["Width", "left", constants.firstTapColumn, constants.endTapColumn],
    ] as const;
    let beyond = false;
    for (const [axis, side, first, end] of axes) {
      const seeing = new Set<number>();
      for (let out = 0; out < windows[`out${axis}`]; out++) {
        for (let tap = 0; tap < windows[`filter${axis}`]; tap++) {
          const at = out * windows[`stride${axis}`] + tap - windows[side];
          if (at >= 0 && at < windows[`in${axis}`]) seeing.add(tap);
          else beyond = true;
        }
      }
      for (const tap of seeing) assert(tap >= first && tap < end);
      assertEquals([first, end], [
        Math.min(...seeing),
        Math.max(...seeing) + 1,
      ]);
    }
    assertEquals(variant.isPadded, beyond);
  }));
});

Deno.test("planConvolution() gives invocations no filters that there are not", () => {
  const widths = [16, 32, 64, 96, 128].map((filters) => {
    const plain = { strides: 1, pad: "same" };
    const windows = windowsOf(
      "test",
      [20, 7, 7, 192],
      [1, 1, 192, filters],
      plain,
    );
    return planConvolution(windows, 65_535).constants.across;
  });
  assertEquals(widths, [2, 4, 8, 4, 8]);
});
