/**
 * Walks over the windows of one image, all channels at once. Where they lie is
 * said by the tables of pool_spans.ts, clipped at the image's border.
 *
 * @module
 */
import {
  type Code,
  i32,
  type Local,
  repeat,
  type ValueType,
  when,
} from "../asm/instructions.ts";
import { eachChannel, type Lane } from "../asm/lanes.ts";

type Declare = (type: ValueType) => Local;

/** Writes out what is done with every pixel of a window, given its address. */
export type EachPixel = (visit: (address: Local) => Code) => Code;

/** Windows of up to this height and width are treated without loops. */
const longestSide = 3;
const sides = Array.from({ length: longestSide }, (_, i) => i + 1);

/** A window of the image `field`, in bytes and pixels. */
interface Window {
  /** The address of its first pixel. */
  corner: Local;
  height: Local;
  width: Local;
  rowBytes: Local;
  pixelBytes: Local;
}

/**
 * Runs the body for every window and channel.
 *
 * @param field The image that the windows lie in.
 * @param own Addresses that move on by a pixel from window to window.
 * @param grid `spans, rows, columns, rowBytes, channels`: the table of spans,
 * how many rows and columns of windows it holds, and the pitch of the field.
 * @param body Receives the offset of the channel in bytes, and the pixels of the
 * window, row by row.
 */
export function eachWindow(
  local: Declare,
  field: Local,
  own: Local[],
  grid: Local[],
  body: (lane: Lane, channel: Local, eachPixel: EachPixel) => Code,
): Code {
  const [spans, rows, columns, rowBytes, channels] = grid as [
    Local,
    Local,
    Local,
    Local,
    Local,
  ];
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

/** Finds the address of each pixel once and keeps it for all channels. */
function pixelsOneByOne(local: Declare, window: Window, channel: Local) {
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

function pixelsInLoops(
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
