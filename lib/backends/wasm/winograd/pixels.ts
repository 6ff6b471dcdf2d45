/**
 * The loop over tiles of images, in WebAssembly.
 *
 * @module
 */
import {
  type Code,
  i32,
  type Local,
  repeat,
  when,
} from "../asm/instructions.ts";
import { tilePixels } from "./matrices.ts";

/** What the kernels take to find the pixels of tiles, in this order. */
export interface TileParameters {
  /** How many tiles, by rows, through all images. */
  tiles: Local;
  /** Which the first one is in its image, in tiles. */
  row: Local;
  column: Local;
  /** Rows and columns of tiles of an image. */
  rows: Local;
  columns: Local;
  /** The address of the first tile's image. */
  image: Local;
  /** Of an image, in pixels. */
  height: Local;
  width: Local;
  /** From a pixel to the next. */
  pixelBytes: Local;
  /** How far an image's first tile begins above and left of it, in pixels. */
  top: Local;
  left: Local;
  /** The address of what stands for pixels outside an image. */
  outside: Local;
}

/** How many these are. */
export const tileParameters = 12;

/** Gives them their names. */
export function nameTileParameters(locals: Local[]): TileParameters {
  const [tiles, row, column, rows, columns, image] = locals;
  const [height, width, pixelBytes, top, left, outside] = locals.slice(6);
  return {
    tiles: tiles!,
    row: row!,
    column: column!,
    rows: rows!,
    columns: columns!,
    image: image!,
    height: height!,
    width: width!,
    pixelBytes: pixelBytes!,
    top: top!,
    left: left!,
    outside: outside!,
  };
}

/**
 * Runs the body for each tile, with the addresses of its pixels, row by row, in a
 * table. That lies at a constant address, where engines need no bounds check.
 *
 * @param side How many pixels a tile has along an axis.
 */
export function eachTile(
  local: (type: "i32") => Local,
  parameters: TileParameters,
  side: number,
  table: number,
  body: Code,
): Code {
  const { tiles, row, column, rows, columns, image } = parameters;
  const { height, width, pixelBytes, top, left, outside } = parameters;
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
          i32.placed(table + 4 * (side * i + j)),
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
