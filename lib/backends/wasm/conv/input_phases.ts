/**
 * How one axis of a convolution's input falls into phases: the pixels with one
 * remainder modulo the stride.
 *
 * @module
 */

/** A tap as one phase of the input sees it, along one axis. */
export interface PhaseTap {
  tap: number;
  /** The output pixel of phase pixel i is i + offset. */
  offset: number;
}

/** The taps of each phase of one axis, in the order of their offsets. */
export function phases(
  size: number,
  stride: number,
  padding: number,
): PhaseTap[][] {
  return Array.from({ length: stride }, (_, phase) => {
    const taps: PhaseTap[] = [];
    for (let tap = size - 1; tap >= 0; tap--) {
      const distance = phase + padding - tap;
      if (distance % stride === 0) {
        taps.push({ tap, offset: distance / stride });
      }
    }
    return taps;
  });
}

/** How far the phases reach over the ends of the output along one axis. */
export function reach(
  phases: PhaseTap[][],
  inSize: number,
  stride: number,
  outSize: number,
): { before: number; after: number } {
  let [before, after] = [0, 0];
  phases.forEach((taps, phase) => {
    const last = Math.ceil((inSize - phase) / stride) - 1;
    for (const { offset } of taps) {
      before = Math.max(before, -offset);
      after = Math.max(after, last + offset - (outSize - 1));
    }
  });
  return { before, after };
}
