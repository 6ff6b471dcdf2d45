/**
 * Walks over the pixels of one window.
 *
 * @module
 */
import type { Code, Declare, Local } from "../asm/code.ts";
import { repeat } from "../asm/control.ts";
import { i32 } from "../asm/integers.ts";

/** Writes out what is done with every pixel of a window, given its address. */
export type EachPixel = (visit: (address: Local) => Code) => Code;

/** Windows of up to this height and width are treated without loops. */
export const longestSide = 3;
export const sides = Array.from({ length: longestSide }, (_, i) => i + 1);

/** A window of the image `field`, in bytes and pixels. */
export interface Window {
  /** The address of its first pixel. */
  corner: Local;
  height: Local;
  width: Local;
  rowBytes: Local;
  pixelBytes: Local;
}

/** Finds the address of each pixel once and keeps it for all channels. */
export function pixelsOneByOne(local: Declare, window: Window, channel: Local) {
  const pixels = sides.map(() => sides.map(() => local("i32")));
  const at = local("i32");
  return (height: number, width: number) => {
    const used = pixels.slice(0, height).map((row) => row.slice(0, width));
    const find = used.map((row, y) =>
      row.map((pixel, x) =>
        pixel.set(
          x > 0
            ? i32.add(row[x - 1]!.get, window.pixelBytes.get)
            : y > 0
            ? i32.add(used[y - 1]![0]!.get, window.rowBytes.get)
            : window.corner.get,
        )
      )
    );
    const eachPixel: EachPixel = (visit) =>
      used.flat().map((pixel) => [
        at.set(i32.add(pixel.get, channel.get)),
        visit(at),
      ]);
    return { find, eachPixel };
  };
}

/** Finds each pixel's address again for all channels. */
export function pixelsInLoops(
  local: Declare,
  window: Window,
  channel: Local,
): EachPixel {
  const [row, column] = [local("i32"), local("i32")];
  const [line, at] = [local("i32"), local("i32")];
  return (visit) => [
    line.set(i32.add(window.corner.get, channel.get)),
    row.set(window.height.get),
    repeat(row, [
      at.set(line.get),
      column.set(window.width.get),
      repeat(column, [visit(at), at.increase(window.pixelBytes.get)]),
      line.increase(window.rowBytes.get),
    ]),
  ];
}
