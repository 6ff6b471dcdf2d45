/** What the threads of a team see together. All of it is shared memory. */
export interface Shared {
  /** How many threads there are. */
  size: number;
  /** Counters of the barrier. */
  control: Int32Array<SharedArrayBuffer>;
  /** Two times a slot for each thread, for what `gather` exchanges. */
  doubles: Float64Array<SharedArrayBuffer>;
  /** All weights, one after the other. */
  weights: Float32Array<SharedArrayBuffer>;
  /** For each thread a slot with the gradients of all trained weights. */
  gradients: Float32Array<SharedArrayBuffer>[];
}

/** The memory behind {@linkcode Shared}, which is what threads send each other. */
export interface SharedMemory {
  size: number;
  control: SharedArrayBuffer;
  doubles: SharedArrayBuffer;
  weights: SharedArrayBuffer;
  gradients: SharedArrayBuffer[];
}

/** How many numbers a thread exchanges at once. */
export const doublesPerSlot = 8192;

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
    control: new SharedArrayBuffer(64),
    doubles: new SharedArrayBuffer(8 * doublesPerSlot * size * 2),
    weights: new SharedArrayBuffer(4 * weights),
    gradients: Array.from(
      { length: size },
      () => new SharedArrayBuffer(4 * trained),
    ),
  };
}

/** Shared memory as numbers. */
export function viewShared(
  { size, control, doubles, weights, gradients }: SharedMemory,
): Shared {
  return {
    size,
    control: new Int32Array(control),
    doubles: new Float64Array(doubles),
    weights: new Float32Array(weights),
    gradients: gradients.map((slot) => new Float32Array(slot)),
  };
}
