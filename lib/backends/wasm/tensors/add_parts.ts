import { scratchSlot } from "../linking/scratch.ts";
import type { Host } from "../runtime/host.ts";
import { cutFairly, pieceOf } from "../threads/pieces.ts";
import type { Task } from "../threads/task.ts";
import { addFloats, copyRows } from "./functions.ts";

/** Lists of floats, and where their sum goes. */
export interface Parts {
  /** Where the first begins. */
  address: number;
  /** Bytes to the next. */
  partBytes: number;
  count: number;
  /** Floats of each. */
  size: number;
  target: number;
}

/** Where callers may put their parts. */
export const partialSums = scratchSlot("parts of a sum");

/** So many floats of all parts stay in the cache. */
const most = 1 << 14;

/** Adds up lists, from the first to the last. */
export function addParts(host: Host, parts: Parts): void {
  host.parallel(addPieces, parts, cutFairly(parts.size, most).pieces);
}

/**
 * Each float is added up by one thread, in the order of the parts: so its bits do
 * not depend on how many threads there are.
 */
export const addPieces: Task<Parts> = {
  name: "add parts",
  run(kernels, { address, partBytes, count, size, target }, piece) {
    const some = pieceOf(size, cutFairly(size, most), piece);
    const at = (part: number) => address + part * partBytes + 4 * some.first;
    const to = target + 4 * some.first;
    kernels.run(copyRows, {
      source: at(0),
      sourceStride: 0,
      target: to,
      targetStride: 0,
      bytes: 4 * some.count,
      rows: 1,
    });
    for (let part = 1; part < count; part++) {
      const source = at(part);
      kernels.run(addFloats, { target: to, source, count: some.count });
    }
  },
};
