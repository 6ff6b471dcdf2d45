import fc from "fast-check";
import { gatherShortRuns } from "../../../../lib/backends/wasm/windows/gather_runs.ts";
import type { WindowRuns } from "../../../../lib/backends/wasm/windows/gather_runs.ts";
import {
  joinTaps,
  type TapRun,
} from "../../../../lib/backends/wasm/windows/taps.ts";
import { assert, assertEquals } from "../../../assert.ts";
import { normals } from "../../against_cpu.ts";
import { place, wasmHost } from "../runtime/working_memory.ts";
import { correlations } from "./correlations.ts";
import { upTo } from "./geometries.ts";

/** The values that each window sees, image after image, and what they meet. */
function seenOf({ images, places, runs }: WindowRuns, floats: Float32Array) {
  const values = upTo(images.count).flatMap((image) =>
    upTo(places.rows).flatMap((i) =>
      upTo(places.columns).map((j) => {
        const row = places.firstRow + i * places.rowStep;
        const column = places.firstColumn + j * places.columnStep;
        const pixel = (image * images.height + row) * images.width + column;
        const corner = images.address / 4 + pixel * images.channels;
        return runs.flatMap(({ offset, length }) => [
          ...floats.subarray(corner + offset / 4, corner + offset / 4 + length),
        ]);
      })
    )
  );
  return values;
}

const weightsOf = (runs: readonly TapRun[], filters: number) =>
  runs.flatMap(({ weights, length }) =>
    upTo(length).map((i) => weights + i * filters * 4)
  );

/** Images with room for every window, as after `padImages`. */
const windows = fc.record({
  correlation: correlations,
  filters: fc.integer({ min: 1, max: 5 }),
  inOrder: fc.boolean(),
});

Deno.test("gatherShortRuns() sees the same values and weights, in one run where runs are short", async () => {
  const host = await wasmHost();
  let gathered = 0;
  fc.assert(
    fc.property(windows, ({ correlation, filters, inOrder }) => {
      const { input, padding, windows: places, taps } = correlation;
      const { channels } = input;
      const height = padding.top + input.height + padding.bottom;
      const width = padding.left + input.width + padding.right;
      const images = { ...input, height, width };
      const tapBytes = channels * filters * 4;
      const weighted = taps.map((tap, i) => ({
        ...tap,
        weights: i * tapBytes,
      }));
      const runs = joinTaps(
        inOrder ? weighted : weighted.toReversed(),
        images,
        filters,
      );
      const shape = [images.count, height, width, channels];
      const { address, read } = place(host, "images", normals(shape, 1).values);
      const given = { images: { ...images, address }, places, runs };
      const expected = seenOf(given, host.floats());
      const result = gatherShortRuns(host, given, filters);
      read();
      assertEquals(seenOf(result, host.floats()), expected);
      assertEquals(weightsOf(result.runs, filters), weightsOf(runs, filters));
      // Longer runs, a single one and ones that leave out weights stay.
      const lengths = new Set(runs.map(({ length }) => length));
      const isShort = lengths.size === 1 && [...lengths][0]! < 32;
      const isOne = runs.length > 1 && isShort && inOrder;
      assertEquals(result !== given, isOne);
      if (isOne) assertEquals(result.runs.length, 1);
      gathered += Number(isOne);
    }),
    { numRuns: 200 },
  );
  assert(gathered > 20, `${gathered} of 200 were gathered`);
});
