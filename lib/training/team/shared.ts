import { allocateCounts, type Counts } from "./barrier.ts";
import { allocateTray, type Tray, viewTray } from "./tray.ts";

/** What the threads of a team see together. All of it is shared memory. */
export interface Shared {
  /** How many threads there are. */
  size: number;
  /** How often each thread has come. */
  counts: Counts;
  /** How many threads have no errands of their own left. */
  helpers: Int32Array<SharedArrayBuffer>;
  /** For each thread some, for what others may do in its place. */
  trays: Tray[][];
  /** Sets of a slot for each thread, for what `gather` exchanges. */
  doubles: Float64Array<SharedArrayBuffer>;
  /** All weights, one after the other. */
  weights: Float32Array<SharedArrayBuffer>;
  /** For each thread a slot with the gradients of all trained weights. */
  gradients: Float32Array<SharedArrayBuffer>[];
}

/** The memory behind {@linkcode Shared}, which is what threads send each other. */
export interface SharedMemory {
  size: number;
  counts: SharedArrayBuffer;
  helpers: SharedArrayBuffer;
  trays: SharedArrayBuffer[][];
  doubles: SharedArrayBuffer;
  weights: SharedArrayBuffer;
  gradients: SharedArrayBuffer[];
}

/** How many numbers a thread exchanges at once. */
export const doublesPerSlot = 8192;
/** How often a thread may give numbers before it reads those of the others. */
export const mostOpen = 4;
/** How many sets of slots that takes. */
export const slotSets = 2 * mostOpen;

/** So that one is there while the owner of another is busy. */
const traysEach = 3;

/** Allocates the shared memory of a team for a network. */
export function allocateShared(
  { size, weights, trained }: {
    size: number;
    /** How many numbers all weights are, */
    weights: number;
    /** and those that training changes. */
    trained: number;
  },
): SharedMemory {
  return {
    size,
    counts: allocateCounts(size),
    helpers: new SharedArrayBuffer(4),
    trays: Array.from(
      { length: size },
      () => Array.from({ length: traysEach }, allocateTray),
    ),
    doubles: new SharedArrayBuffer(8 * doublesPerSlot * size * slotSets),
    weights: new SharedArrayBuffer(4 * weights),
    gradients: Array.from(
      { length: size },
      () => new SharedArrayBuffer(4 * trained),
    ),
  };
}

/** Shared memory as numbers. */
export function viewShared(
  { size, counts, helpers, trays, doubles, weights, gradients }: SharedMemory,
): Shared {
  return {
    size,
    counts: new Int32Array(counts),
    helpers: new Int32Array(helpers),
    trays: trays.map((each) => each.map(viewTray)),
    doubles: new Float64Array(doubles),
    weights: new Float32Array(weights),
    gradients: gradients.map((slot) => new Float32Array(slot)),
  };
}
