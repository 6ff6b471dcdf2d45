type Control = Int32Array<SharedArrayBuffer>;

const ARRIVED = 0;
const GENERATION = 1;
const BROKEN = 2;

/**
 * Looks so often, for about a millisecond, before it sleeps. Threads that do equal
 * work arrive soon after each other, more than a hundred times in a step, and
 * waking a thread costs more than that: a tenth of the step, measured. Where
 * there are more threads than cores, looking only keeps the others away.
 */
const looks = 200_000;
const cores = navigator.hardwareConcurrency;

/** Said by a thread that waits for one that has failed. */
export class BrokenBarrier extends Error {
  constructor() {
    super(
      "Cannot go on: expected all threads of the team, got one that failed",
    );
  }
}

/**
 * Waits until all threads of a team are here; whatever one of them wrote before,
 * all can read after.
 *
 * @param control Shared by the threads; zeros at first.
 * @throws {BrokenBarrier} Once {@linkcode breakBarrier} was called.
 */
export function waitForAll(control: Control, size: number): void {
  arrive(control, size)();
}

/**
 * Says that this thread is here, and gives what waits for the others, as
 * {@linkcode waitForAll} does; until then, something else can be done.
 *
 * @throws {BrokenBarrier} Once {@linkcode breakBarrier} was called.
 */
export function arrive(control: Control, size: number): () => void {
  const generation = Atomics.load(control, GENERATION);
  // Broken before: nobody will open it. Broken from now on: another generation.
  throwIfBroken(control);
  if (Atomics.add(control, ARRIVED, 1) === size - 1) {
    Atomics.store(control, ARRIVED, 0);
    Atomics.add(control, GENERATION, 1);
    Atomics.notify(control, GENERATION);
  }
  const isShut = () => Atomics.load(control, GENERATION) === generation;
  return () => {
    if (size <= cores) { for (let i = 0; i < looks && isShut(); i++); }
    while (isShut()) Atomics.wait(control, GENERATION, generation);
    throwIfBroken(control);
  };
}

function throwIfBroken(control: Control): void {
  if (Atomics.load(control, BROKEN)) throw new BrokenBarrier();
}

/** Lets all who wait, and all who will, fail: one of them will never come. */
export function breakBarrier(control: Control): void {
  Atomics.store(control, BROKEN, 1);
  Atomics.add(control, GENERATION, 1);
  Atomics.notify(control, GENERATION);
}
