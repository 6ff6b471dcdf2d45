/**
 * The loop over tiles of images, in WebAssembly.
 *
 * @module
 */
import type { Code, Declare, FixedBlock, Local, Target } from "../asm/code.ts";
import { repeat, when } from "../asm/control.ts";
import { i32 } from "../asm/integers.ts";
import { tilePixels, tileReach } from "./matrices.ts";

/**
 * What the functions take to find the pixels of tiles:
 *
 * - `tiles`: how many, by rows, through all images;
 * - `row`, `column`: which the first one is in its image, in tiles;
 * - `rows`, `columns`: of tiles of an image;
 * - `image`: the address of the first tile's image;
 * - `height`, `width`: of an image, in pixels;
 * - `pixelBytes`: from a pixel to the next;
 * - `top`, `left`: how far an image's first tile begins above and left of it;
 * - `outside`: the address of what stands for pixels outside an image.
 */
export const pixelOperands = [
  "tiles",
  "row",
  "column",
  "rows",
  "columns",
  "image",
  "height",
  "width",
  "pixelBytes",
  "top",
  "left",
  "outside",
] as const;

export type PixelLocals = Record<typeof pixelOperands[number], Local>;

/** The addresses of a tile's pixels. */
const pixelTable: FixedBlock = {
  name: "pixels of a tile",
  fixedBytes: 4 * tileReach ** 2,
};

/** Reads the address of pixel k of the present tile. */
export const pixelAddress = (target: Target, k: number): Code =>
  i32.load(i32.const(target.addressOf(pixelTable) + 4 * k));

/**
 * Runs the body for each tile, with the addresses of its pixels, row by row, in a
 * table. That lies at a constant address, where engines need no bounds check.
 *
 * @param side How many pixels a tile has along an axis.
 */
export function eachTile(
  local: Declare,
  target: Target,
  locals: PixelLocals,
  side: number,
  body: Code,
): Code {
  const table = target.addressOf(pixelTable);
  const { tiles, row, column, rows, columns, image } = locals;
  const { height, width, pixelBytes, top, left, outside } = locals;
  const [y, x] = [local("i32"), local("i32")];
  const [line, at, isInside] = [local("i32"), local("i32"), local("i32")];
  const lineBytes = i32.mul(width.get, pixelBytes.get);
  const corner = (tile: Local, before: Local) =>
    i32.sub(i32.mul(tile.get, i32.const(tilePixels)), before.get);
  /** Whether a number is one of an axis; those below 0 count as large ones. */
  const isOn = (start: Local, i: number, length: Local) =>
    i32.lessThan(i32.add(start.get, i32.const(i)), length.get);
  const steps = Array.from({ length: side }, (_, i) => i);
  return repeat(tiles, [
    y.set(corner(row, top)),
    x.set(corner(column, left)),
    line.set(i32.add(
      image.get,
      i32.mul(i32.add(i32.mul(y.get, width.get), x.get), pixelBytes.get),
    )),
    steps.map((i) => [
      at.set(line.get),
      steps.map((j) => [
        isInside.set(i32.and(isOn(y, i, height), isOn(x, j, width))),
        i32.store(
          i32.const(table + 4 * (side * i + j)),
          i32.add(
            outside.get,
            i32.mul(i32.sub(at.get, outside.get), isInside.get),
          ),
        ),
        at.increase(pixelBytes.get),
      ]),
      line.increase(lineBytes),
    ]),
    body,
    column.increase(1),
    when(i32.equal(column.get, columns.get), [
      column.set(i32.const(0)),
      row.increase(1),
      when(i32.equal(row.get, rows.get), [
        row.set(i32.const(0)),
        image.increase(i32.mul(height.get, lineBytes)),
      ]),
    ]),
  ]);
}
