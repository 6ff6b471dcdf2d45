/**
 * A place in the working memory of each thread, which the module that makes it owns:
 * who is not given it cannot use it.
 */
export interface ScratchSlot {
  /** For errors and tests. */
  readonly name: string;
  readonly isScratch: true;
}

/** Makes a slot of its own, whatever its name. */
export const scratchSlot = (name: string): ScratchSlot => ({
  name,
  isScratch: true,
});
