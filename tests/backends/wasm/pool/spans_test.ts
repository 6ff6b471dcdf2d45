import fc from "fast-check";
import type { Host } from "../../../../lib/backends/wasm/runtime/host.ts";
import {
  tabulateCoverings,
  tabulateWindows,
  windows,
} from "../../../../lib/backends/wasm/pool/spans.ts";
import type { WindowGrid } from "../../../../lib/backends/wasm/pool/window_loop.ts";
import type { Geometry } from "../../../../lib/backends/wasm/windows/geometry.ts";
import { poolGeometry } from "../../../../lib/backends/wasm/windows/pool_geometry.ts";
import { assert, assertEquals } from "../../../assert.ts";
import { wasmHost } from "../runtime/working_memory.ts";
import {
  axesOf,
  type Axis,
  pools,
  seenAlong,
  upTo,
} from "../windows/geometries.ts";

/** The pixels of the image that each window of an axis sees. */
const pixelsSeen = (axis: Axis): number[][] =>
  seenAlong(axis).map((window) =>
    window.filter((pixel) => pixel >= 0 && pixel < axis.length)
  );

/** The windows that see each pixel of an axis. */
const windowsSeeing = (axis: Axis): number[][] => {
  const seen = pixelsSeen(axis);
  return upTo(axis.length).map((pixel) =>
    upTo(axis.windows).filter((window) => seen[window]!.includes(pixel))
  );
};

function membersOf([first, count]: readonly number[]): number[] {
  assert(count! >= 0, `${count} members`);
  return upTo(count!).map((i) => first! + i);
}

Deno.test("windows() has just the pixels of the image that each window sees", () => {
  fc.assert(fc.property(pools, (pool) => {
    const [down, across] = axesOf(pool);
    const seen = (axis: "Height" | "Width") =>
      windows(pool, axis).map(membersOf);
    assertEquals(seen("Height"), pixelsSeen(down));
    assertEquals(seen("Width"), pixelsSeen(across));
  }));
});

/** The spans of a table, rows and then columns, in units of so many bytes. */
function readSpans(
  host: Host,
  { spans, rows, columns, rowBytes, channels }: WindowGrid,
): [number[][], number[][]] {
  const span = (i: number, unit: number) => {
    const at = spans / 4 + 2 * i;
    const [first, count] = host.integers().subarray(at, at + 2);
    assert(first! % unit === 0, `${first} is no multiple of ${unit}`);
    return membersOf([first! / unit, count!]);
  };
  return [
    upTo(rows).map((i) => span(i, rowBytes)),
    upTo(columns).map((i) => span(rows + i, 4 * channels)),
  ];
}

Deno.test("tabulateWindows() has the pixels of each window, in bytes of the image", async () => {
  const host = await wasmHost();
  fc.assert(fc.property(pools, (pool) => {
    const { spans, ...grid } = tabulateWindows(host, pool);
    const { inChannels: channels, inWidth } = pool;
    const [rows, columns] = [pool.outHeight, pool.outWidth];
    const rowBytes = inWidth * channels * 4;
    assertEquals(grid, { rows, columns, rowBytes, channels });
    const seen = axesOf(pool).map(pixelsSeen);
    assertEquals(readSpans(host, { spans, ...grid }), seen);
  }));
});

Deno.test("tabulateCoverings() has the windows that see each pixel, also where none does", async () => {
  const host = await wasmHost();
  let unseen = 0;
  // tfjs counts its columns by the stride down: no window sees most of the pixels.
  const narrow = { filterSize: 1, strides: [6, 1], pad: 0 };
  const examples: [Geometry][] = [[poolGeometry("test", [1, 9, 9, 1], narrow)]];
  const coverings = fc.property(pools, (pool) => {
    const { spans, ...grid } = tabulateCoverings(host, pool);
    const { inChannels: channels, outWidth } = pool;
    const [rows, columns] = [pool.inHeight, pool.inWidth];
    const rowBytes = outWidth * channels * 4;
    assertEquals(grid, { rows, columns, rowBytes, channels });
    const seeing = axesOf(pool).map(windowsSeeing);
    assertEquals(readSpans(host, { spans, ...grid }), seeing);
    unseen += Number(seeing.flat().some((windows) => windows.length === 0));
  });
  fc.assert(coverings, { examples });
  assert(unseen > 0, "each pool saw all pixels");
});
