import { inflateSync } from "node:zlib";
import type { Picture } from "../../../lib/plots/encode/png.ts";

/** Reads a PNG file of 8 bits without filters, and checks all its sums. */
export function readPng(file: Uint8Array): Picture {
  const signature = [137, 80, 78, 71, 13, 10, 26, 10];
  if (signature.some((byte, i) => file[i] !== byte)) throw new Error("no PNG");
  const chunks = new Map<string, Uint8Array>();
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  for (let at = 8; at < file.length;) {
    const length = view.getUint32(at);
    const content = file.subarray(at + 4, at + 8 + length);
    if (view.getUint32(at + 8 + length) !== crc(content)) {
      throw new Error("wrong sum");
    }
    const type = new TextDecoder().decode(content.subarray(0, 4));
    chunks.set(type, content.subarray(4));
    at += length + 12;
  }
  const header = chunks.get("IHDR")!;
  const words = new DataView(header.buffer, header.byteOffset);
  const [width, height] = [words.getUint32(0), words.getUint32(4)];
  const channels = header[9] === 0 ? 1 : 3;
  const rows = inflateSync(chunks.get("IDAT")!);
  const stride = width * channels;
  const pixels = new Uint8Array(height * stride);
  for (let y = 0; y < height; y++) {
    const start = y * (stride + 1);
    if (rows[start] !== 0) throw new Error("a filter");
    pixels.set(rows.subarray(start + 1, start + 1 + stride), y * stride);
  }
  return { pixels, height, width, channels };
}

/** CRC-32, bit by bit (PNG specification, annex D). */
function crc(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) {
      sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
    }
  }
  return (sum ^ 0xffffffff) >>> 0;
}
