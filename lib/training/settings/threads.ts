import { refuse } from "../../numeric/refuse.ts";
import type { Settings } from "./schema.ts";

type Named = Pick<Settings, "threads" | "workers">;

/**
 * How many threads settings ask for, by either name; nothing where they do not say.
 *
 * @param action What is being done, the opening of an error's message.
 * @throws {RangeError} If the names say different numbers.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(threadsAmong("train", { workers: 2 }), 2);
 * assert.equal(threadsAmong("train", {}), undefined);
 * assert.throws(() => threadsAmong("train", { threads: 1, workers: 2 }), {
 *   message:
 *     "Cannot train: expected threads and workers, two names of one setting, to be the same number, got 1 and 2",
 * });
 * ```
 */
export function threadsAmong(
  action: string,
  { threads, workers }: Named,
): number | undefined {
  if (threads === undefined) return workers;
  if (workers !== undefined && workers !== threads) {
    refuse(
      action,
      "threads and workers, two names of one setting, to be the same number",
      `${threads} and ${workers}`,
    );
  }
  return threads;
}

/**
 * The same settings with the number of threads by its main name, if they say it.
 *
 * @throws {RangeError} As {@linkcode threadsAmong}.
 */
export function withOneName<S extends Named>(action: string, settings: S): S {
  const threads = threadsAmong(action, settings);
  const { threads: _, workers: __, ...others } = settings;
  return { ...others, ...(threads !== undefined && { threads }) } as S;
}
