import { refuse, shown } from "../../numeric/refuse.ts";
import {
  type Setting,
  type SettingChanges,
  type Settings,
  settingsSchema,
} from "./schema.ts";

const aliases = Object.entries<Setting>(settingsSchema)
  .flatMap(([alias, { aliasOf }]) => aliasOf ? [[alias, aliasOf]] : []) as [
    alias: keyof Settings,
    name: keyof Settings,
  ][];

/**
 * The same settings without the other names that some have: `threads` for
 * `workers`, `miner` for `rule`, its name in files of older versions.
 *
 * @param action What is being done, the opening of an error's message.
 * @throws {RangeError} If two names of one setting have different values.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(withOneName("train", { workers: 2 }), { threads: 2 });
 * assert.throws(() => withOneName("train", { threads: 1, workers: 2 }), {
 *   message:
 *     "Cannot train: expected threads and workers, two names of one setting, to be the same, got 1 and 2",
 * });
 * ```
 */
export function withOneName(
  action: string,
  settings: SettingChanges,
): Partial<Settings> {
  const named: Partial<Record<keyof Settings, unknown>> = { ...settings };
  for (const [alias, name] of aliases) {
    const { [alias]: other, [name]: value } = named;
    delete named[alias];
    if (other === undefined) continue;
    if (value !== undefined && value !== other) {
      refuse(
        action,
        `${name} and ${alias}, two names of one setting, to be the same`,
        `${shown(value)} and ${shown(other)}`,
      );
    }
    named[name] = other;
  }
  return named as Partial<Settings>;
}

/**
 * How many threads settings ask for, by either name; nothing where they do not say.
 *
 * @throws {RangeError} As {@linkcode withOneName}.
 */
export function threadsAmong(
  action: string,
  { threads, workers }: Pick<Settings, "threads" | "workers">,
): number | undefined {
  return withOneName(action, { threads, workers }).threads;
}
