import { crc32, deflateSync } from "node:zlib";
import { joinBytes } from "../../files/join_bytes.ts";
import { refuse } from "../../numeric/refuse.ts";

/** Pixels of 8 bits in rows from the top, `[height, width, channels]`. */
export interface Picture {
  /** 0 (black) to 255 (white). */
  pixels: Uint8Array;
  height: number;
  width: number;
  /** 1 for gray, 3 for red, green, blue. */
  channels: 1 | 3;
}

/**
 * Encodes a picture as a PNG file (https://www.w3.org/TR/png-3/).
 *
 * @throws {RangeError} If the number of pixels is not that of the shape.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const pixels = Uint8Array.of(0, 255);
 * const file = encodePng({ pixels, height: 1, width: 2, channels: 1 });
 * assert.equal(new TextDecoder().decode(file.slice(1, 4)), "PNG");
 * ```
 */
export function encodePng(
  { pixels, height, width, channels }: Picture,
): Uint8Array<ArrayBuffer> {
  if (pixels.length !== height * width * channels || pixels.length === 0) {
    refuse(
      "encode a PNG",
      `${height} × ${width} × ${channels} values and at least one`,
      `${pixels.length}`,
    );
  }
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, width);
  header.setUint32(4, height);
  header.setUint8(8, 8); // bits
  header.setUint8(9, channels === 1 ? 0 : 2); // gray or color

  // Each row begins with its filter: 0, none, which suits flat drawings.
  const stride = width * channels;
  const rows = new Uint8Array(height * (stride + 1));
  for (let y = 0; y < height; y++) {
    const row = pixels.subarray(y * stride, (y + 1) * stride);
    rows.set(row, y * (stride + 1) + 1);
  }
  return joinBytes([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk("IHDR", new Uint8Array(header.buffer)),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", new Uint8Array(0)),
  ]);
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const content = joinBytes([new TextEncoder().encode(type), data]);
  const bytes = new Uint8Array(content.length + 8);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(content, 4);
  view.setUint32(bytes.length - 4, crc32(content));
  return bytes;
}
