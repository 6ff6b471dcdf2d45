import fc from "fast-check";
import { filterTaps } from "../../../../lib/backends/wasm/conv/conv2d.ts";
import {
  areaOf,
  joinTaps,
  rangesOf,
  seenBy,
  withoutPadding,
  worthSkipping,
} from "../../../../lib/backends/wasm/windows/taps.ts";
import { wholeGrid } from "../../../../lib/backends/wasm/windows/windows.ts";
import { assert, assertEquals } from "../../../assert.ts";
import { correlations } from "./correlations.ts";
import { convolutions, upTo } from "./geometries.ts";

/** Some taps of a filter in any order, as a phase or a line of them has them. */
const someTaps = convolutions.chain((info) =>
  fc.record({
    info: fc.constant(info),
    taps: fc.oneof(
      fc.constant(filterTaps(info, 400)),
      fc.shuffledSubarray(filterTaps(info, 400), { minLength: 1 }),
    ),
  })
);

Deno.test("joinTaps() sees the values and weights that the taps see, in longest runs", () => {
  fc.assert(fc.property(someTaps, fc.integer({ min: 1, max: 9 }), (
    { info: { inWidth: width, inChannels: channels, outChannels }, taps },
    padded,
  ) => {
    const images = { address: 0, count: 1, height: 1, channels };
    const filters = outChannels;
    const step = (width + padded) * channels * 4;
    const runs = joinTaps(taps, { ...images, width: width + padded }, filters);
    const expected = taps.flatMap(({ row, column, weights }) =>
      upTo(channels).map((i) => [
        row * step + (column * channels + i) * 4,
        weights + i * filters * 4,
      ])
    );
    const seen = runs.flatMap(({ offset, weights, length }) =>
      upTo(length).map((i) => [offset + i * 4, weights + i * filters * 4])
    );
    assertEquals(seen, expected);
    runs.slice(1).forEach(({ offset, weights }, i) => {
      const before = runs[i]!;
      assert(
        offset !== before.offset + before.length * 4 ||
          weights !== before.weights + before.length * filters * 4,
        "two runs are one",
      );
    });
  }));
});

Deno.test("seenBy() has just the windows in which a tap sees a pixel", () => {
  fc.assert(fc.property(correlations, ({ input, padding, windows, taps }) => {
    const corners = withoutPadding(windows, padding);
    for (const tap of taps) {
      const { rows, columns } = seenBy(tap, corners, input);
      const sees =
        (first: number, step: number, at: number, length: number) =>
        (i: number) => {
          const pixel = first + i * step + at;
          return pixel >= 0 && pixel < length;
        };
      const seenRows = upTo(windows.rows).filter(
        sees(-padding.top, windows.rowStep, tap.row, input.height),
      );
      const seenColumns = upTo(windows.columns).filter(
        sees(-padding.left, windows.columnStep, tap.column, input.width),
      );
      const within = (length: number, [from, to]: [number, number]) =>
        upTo(length).filter((i) => i >= from && i < to);
      assertEquals(within(windows.rows, rows), seenRows);
      assertEquals(within(windows.columns, columns), seenColumns);
      assertEquals(
        areaOf({ rows, columns }),
        seenRows.length * seenColumns.length,
      );
    }
  }));
});

Deno.test("rangesOf() holds the entries of an area once, in order", () => {
  const span = (length: number) =>
    fc.tuple(fc.nat(length), fc.nat(length))
      .map((ends) => ends.sort((a, b) => a - b));
  const areas = fc.record({
    rows: fc.integer({ min: 1, max: 6 }),
    columns: fc.integer({ min: 1, max: 6 }),
    images: fc.nat(4),
  }).chain((sizes) =>
    fc.record({
      sizes: fc.constant(sizes),
      rows: span(sizes.rows),
      columns: span(sizes.columns),
    })
  );
  fc.assert(
    fc.property(areas, ({ sizes, rows, columns }) => {
      const grid = {
        rows: sizes.rows,
        columns: sizes.columns,
        ...{ rowStep: 2, columnStep: 3, firstRow: -1, firstColumn: 5 },
      };
      const ranges = rangesOf({ rows, columns }, grid, sizes.images);
      const held = ranges.flatMap(({ first, count }) =>
        upTo(count).map((i) => first + i)
      );
      const inside = (place: number) => {
        const [i, j] = [Math.floor(place / grid.columns), place % grid.columns];
        return i >= rows[0] && i < rows[1] && j >= columns[0] && j < columns[1];
      };
      const expected = upTo(grid.rows * grid.columns * sizes.images)
        .filter((entry) => inside(Math.floor(entry / sizes.images)));
      assertEquals(held, expected);
      if (columns[1] - columns[0] === grid.columns) assert(ranges.length <= 1);
    }),
    { numRuns: 300 },
  );
});

Deno.test("worthSkipping() is where a tenth of the products are with padding", () => {
  /** Of ten products of a column, one is with the padding below. */
  const justATenth = {
    input: { address: 0, count: 9, height: 5, width: 1, channels: 8 },
    padding: { top: 0, bottom: 1, left: 0, right: 0 },
    windows: wholeGrid({ height: 5, width: 1 }),
    taps: [0, 1].map((row) => ({ row, column: 0, weights: 32 * 8 * row })),
  };
  const atOnce = fc.integer({ min: 1, max: 30 });
  const filters = fc.integer({ min: 1, max: 16 });
  fc.assert(
    fc.property(correlations, filters, atOnce, (correlation, filters, n) => {
      const { input, padding, windows, taps } = correlation;
      let [all, inPadding] = [0, 0];
      for (const tap of taps) {
        for (let i = 0; i < windows.rows * windows.columns; i++) {
          const row = Math.floor(i / windows.columns) * windows.rowStep +
            tap.row - padding.top;
          const column = i % windows.columns * windows.columnStep +
            tap.column - padding.left;
          all++;
          inPadding += Number(
            row < 0 || row >= input.height || column < 0 ||
              column >= input.width,
          );
        }
      }
      const isLarge = input.channels >= 8 && filters >= 8 &&
        n * windows.columns >= 24;
      assertEquals(
        worthSkipping(correlation, filters, n),
        isLarge && 10 * inPadding >= all,
      );
    }),
    { numRuns: 500, examples: [[justATenth, 8, 24]] },
  );
});
