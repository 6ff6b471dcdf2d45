import fc from "fast-check";
import { scratchSlot } from "../../../../lib/backends/wasm/linking/scratch.ts";
import type { Host } from "../../../../lib/backends/wasm/runtime/host.ts";
import {
  type Correlation,
  cutWindows,
  skipsPadding,
  tabulateOutputs,
  type WindowChunk,
  windowChunk,
} from "../../../../lib/backends/wasm/windows/chunks.ts";
import { seenBy } from "../../../../lib/backends/wasm/windows/taps.ts";
import { wholeGrid } from "../../../../lib/backends/wasm/windows/windows.ts";
import { assert, assertEquals } from "../../../assert.ts";
import { normals } from "../../against_cpu.ts";
import { place, wasmHost } from "../runtime/working_memory.ts";
import { correlations } from "./correlations.ts";
import { upTo } from "./geometries.ts";

interface Given {
  correlation: Correlation;
  /** The most of a pixel: many make small chunks. */
  channels: number;
  filters: number;
}

/** Whole batches, some of many images, and images that are cut into bands. */
const given: fc.Arbitrary<Given> = fc.record({
  correlation: correlations,
  count: fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constantFrom(50, 130)),
  moreRows: fc.constantFrom(0, 0, 1, 200),
  channels: fc.constantFrom(1, 100, 700, 2000),
  filters: fc.constantFrom(1, 8, 40),
}).map(({ correlation, count, moreRows, ...rest }) => {
  const { input, windows } = correlation;
  const height = input.height + moreRows * windows.rowStep;
  return {
    ...rest,
    correlation: {
      ...correlation,
      input: { ...input, height, count: moreRows > 1 ? count % 3 : count },
      windows: { ...windows, rows: windows.rows + moreRows },
    },
  };
});

/** Gives a correlation its images, and all of its chunks, one after the other. */
function eachChunk(
  host: Host,
  { correlation, channels, filters }: Given,
  visit: (chunk: WindowChunk, values: Float32Array) => void,
) {
  const { count, height, width, channels: own } = correlation.input;
  const { values } = normals([count, height, width, own], 1);
  const { address, read } = place(host, "images", values);
  const input = { ...correlation.input, address };
  const placed = { ...correlation, input };
  const cut = cutWindows(placed, channels);
  for (const i of upTo(cut.count)) {
    visit(windowChunk(host, placed, cut, filters, i), values);
  }
  read();
  return { cut, skips: skipsPadding(placed, cut, filters) };
}

const sorted = (numbers: number[]) => numbers.toSorted((a, b) => a - b);

Deno.test("windowChunk() holds each window of each image in one chunk", async () => {
  const host = await wasmHost();
  const kinds = { whole: 0, some: 0, bands: 0 };
  fc.assert(fc.property(given, (given) => {
    const { windows: { rows }, input } = given.correlation;
    const seen: number[] = [];
    const { cut } = eachChunk(host, given, (chunk) => {
      const { images, firstImage, firstRow } = chunk;
      assert(images > 0 && chunk.rows > 0, "an empty chunk");
      assertEquals([chunk.places.rows, chunk.input.count], [
        chunk.rows,
        images,
      ]);
      for (const image of upTo(images)) {
        for (const row of upTo(chunk.rows)) {
          seen.push((firstImage + image) * rows + firstRow + row);
        }
      }
    });
    assertEquals(sorted(seen), upTo(input.count * rows));
    // Several images are whole ones, and sixes of them where they are many.
    if (cut.images > 1) assertEquals(cut.bands, 1);
    if (cut.images > 6) assertEquals(cut.images % 6, 0);
    kinds[cut.bands > 1 ? "bands" : cut.count > 1 ? "some" : "whole"]++;
  }));
  assert(Object.values(kinds).every((n) => n > 0), JSON.stringify(kinds));
});

/** Asserts that a chunk shows a tap what it sees in the images. */
function assertShows(
  host: Host,
  { input, padding, windows }: Correlation,
  tap: Correlation["taps"][number],
  chunk: WindowChunk,
  values: Float32Array,
): void {
  const floats = host.floats();
  const { input: images, places } = chunk;
  const area = seenBy(tap, places, images);
  const isIn = ([from, to]: [number, number], i: number) => from <= i && i < to;
  for (const window of upTo(places.rows * places.columns)) {
    const y = Math.floor(window / places.columns);
    const x = window % places.columns;
    const row = (chunk.firstRow + y) * windows.rowStep + tap.row - padding.top;
    const column = x * windows.columnStep + tap.column - padding.left;
    const isInside = isIn([0, input.height], row) &&
      isIn([0, input.width], column);
    const isSeen = isIn(area.rows, y) && isIn(area.columns, x);
    // Where padding is not skipped, all taps see all windows.
    assertEquals(isSeen, !chunk.skips || isInside);
    if (!isSeen) continue;
    const seenRow = places.firstRow + y * places.rowStep + tap.row;
    const seenColumn = places.firstColumn + x * places.columnStep + tap.column;
    for (const image of upTo(chunk.images)) {
      const pixel = (image * images.height + seenRow) * images.width +
        seenColumn;
      const start = images.address / 4 + pixel * input.channels;
      const first = ((chunk.firstImage + image) * input.height + row) *
          input.width + column;
      const expected = upTo(input.channels).map((channel) =>
        isInside ? values[first * input.channels + channel]! : 0
      );
      const shown = floats.subarray(start, start + input.channels);
      assertEquals([...shown], expected);
    }
  }
}

Deno.test("windowChunk() shows each tap of each window the pixel that it sees, or zeros, or nothing", async () => {
  const host = await wasmHost();
  const kinds = { skips: 0, pads: 0, padsInBands: 0 };
  fc.assert(
    fc.property(given, (given) => {
      const { correlation } = given;
      const { cut, skips } = eachChunk(host, given, (chunk, values) => {
        for (const tap of correlation.taps) {
          assertShows(host, correlation, tap, chunk, values);
        }
      });
      if (skips) kinds.skips++;
      else kinds[cut.bands > 1 ? "padsInBands" : "pads"]++;
    }),
    { numRuns: 150 },
  );
  assert(Object.values(kinds).every((n) => n > 0), JSON.stringify(kinds));
});

Deno.test("tabulateOutputs() has each output pixel of all chunks once", async () => {
  const host = await wasmHost();
  const step = fc.integer({ min: 1, max: 3 });
  const order = fc.constantFrom("by place", "by image");
  const slot = scratchSlot("test table");
  fc.assert(fc.property(given, step, order, (given, step, order) => {
    const { windows, input: { count } } = given.correlation;
    // Every step-th pixel is a window's, as in a phase of a strided gradient.
    const output = {
      address: 4000,
      count,
      height: windows.rows * step,
      width: windows.columns * step,
      channels: given.filters,
    };
    const pixels = {
      ...wholeGrid({ height: windows.rows, width: windows.columns }),
      ...{ rowStep: step, columnStep: step, firstRow: step - 1 },
    };
    const entries: number[] = [];
    eachChunk(host, given, (chunk) => {
      const table = tabulateOutputs(host, slot, chunk, output, pixels, order);
      const length = chunk.images * chunk.rows * windows.columns;
      entries.push(...host.integers().subarray(table / 4, table / 4 + length));
    });
    const expected = upTo(count).flatMap((image) =>
      upTo(windows.rows).flatMap((row) =>
        upTo(windows.columns).map((column) => {
          const y = image * output.height + row * step + step - 1;
          const pixel = y * output.width + column * step;
          return output.address + pixel * output.channels * 4;
        })
      )
    );
    assertEquals(sorted(entries), expected);
  }));
});
