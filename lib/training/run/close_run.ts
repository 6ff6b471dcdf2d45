/** What {@linkcode closeRun} ends. */
export interface Endable {
  /** Keeps what there is to keep. */
  now(): Promise<void>;
  /** Frees all but the model. */
  dispose(): void;
}

/**
 * Ends a run: keeps its last step, if that is sound, and frees it whatever happens.
 *
 * @param ending Whether the run `failed` before, with an error that is told, and
 * whether it `isSound`: between two steps, not within one.
 * @throws What hinders the keeping, unless the run failed before: of two errors the
 * first one tells why.
 */
export async function closeRun(
  run: Endable,
  { failed, isSound }: { failed: boolean; isSound: boolean },
): Promise<void> {
  try {
    if (isSound) await run.now();
  } catch (error) {
    if (!failed) throw error;
  } finally {
    run.dispose();
  }
}
