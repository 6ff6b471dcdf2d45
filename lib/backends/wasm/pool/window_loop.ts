/**
 * Walks over the windows of one image, all channels at once. Where they lie is
 * said by the tables of spans.ts, clipped at the image's border.
 *
 * @module
 */
import type { Code, Declare, Local } from "../asm/code.ts";
import { repeat, when } from "../asm/control.ts";
import { i32 } from "../asm/integers.ts";
import { eachChannel, type Lane } from "../asm/lanes.ts";
import {
  type EachPixel,
  longestSide,
  pixelsInLoops,
  pixelsOneByOne,
  sides,
  type Window,
} from "./window_pixels.ts";

/** The operands that say where windows lie. */
export const gridOperands = [
  "spans",
  "rows",
  "columns",
  "rowBytes",
  "channels",
] as const;

/**
 * Where windows lie: the address of a table of spans, how many rows and columns of
 * windows it holds, and the pitch and channels of the image that they lie in.
 */
export type WindowGrid<Value = number> = Readonly<
  Record<typeof gridOperands[number], Value>
>;

/**
 * Runs the body for every window and channel.
 *
 * @param field The image that the windows lie in.
 * @param own Addresses that move on by a pixel from window to window.
 * @param body Receives the offset of the channel in bytes, and the pixels of the
 * window, row by row.
 */
export function eachWindow(
  local: Declare,
  field: Local,
  own: Local[],
  { spans, rows, columns, rowBytes, channels }: WindowGrid<Local>,
  body: (lane: Lane, channel: Local, eachPixel: EachPixel) => Code,
): Code {
  const [firstColumn, span, left] = [local("i32"), local("i32"), local("i32")];
  const [channel, pixelBytes] = [local("i32"), local("i32")];
  const window: Window = {
    corner: local("i32"),
    height: local("i32"),
    width: local("i32"),
    rowBytes,
    pixelBytes,
  };
  const { corner, height, width } = window;
  const inLoops = pixelsInLoops(local, window, channel);
  const oneByOne = pixelsOneByOne(local, window, channel);
  const loops = eachChannel(
    channels,
    channel,
    (lane) => body(lane, channel, inLoops),
  );
  const written = ([height, width]: [number, number]) => {
    const { find, eachPixel } = oneByOne(height, width);
    return [
      find,
      eachChannel(channels, channel, (lane) =>
        // The last few channels are not worth as much code.
        body(lane, channel, lane.type === "v128" ? eachPixel : inLoops)),
    ];
  };
  return [
    pixelBytes.set(i32.mul(channels.get, i32.const(4))),
    firstColumn.set(i32.add(spans.get, i32.mul(rows.get, i32.const(8)))),
    repeat(rows, [
      height.set(i32.load(spans.get, 4)),
      span.set(firstColumn.get),
      left.set(columns.get),
      repeat(left, [
        width.set(i32.load(span.get, 4)),
        corner.set(i32.add(
          field.get,
          i32.add(i32.load(spans.get), i32.load(span.get)),
        )),
        bySize(window, written, loops),
        own.map((address) => address.increase(pixelBytes.get)),
        span.increase(8),
      ]),
      spans.increase(8),
    ]),
  ];
}

/** Runs the code that is written for a window's size, else that with loops. */
function bySize(
  { height, width }: Window,
  written: (size: [number, number]) => Code,
  loops: Code,
): Code {
  const isSide = (length: Local) =>
    i32.lessThan(i32.sub(length.get, i32.const(1)), i32.const(longestSide));
  const pick = (length: Local, code: (side: number) => Code) =>
    sides.map((side) =>
      when(i32.equal(length.get, i32.const(side)), code(side))
    );
  return when(
    i32.and(isSide(height), isSide(width)),
    pick(height, (rows) => pick(width, (columns) => written([rows, columns]))),
    loops,
  );
}
