import { checkBudget } from "./budget.ts";
import { checkSettings, settingNames } from "./check.ts";
import { checkNames, checkOptions } from "./check_options.ts";
import { withOneName } from "./one_name.ts";
import { type Setting, type Settings, settingsSchema } from "./schema.ts";

/**
 * Checks the settings of a run and completes them: each under its main name, and
 * those with a default have a value. The digits left out are in ascending order.
 *
 * @param action What is being done, the opening of an error's message.
 * @throws {RangeError} With the name of the setting and what it is, if one is
 * missing, unknown, or has a value that it may not have; if there is no limit of
 * steps, epochs or seconds; or if two names of one setting have different values.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { presets } from "./settings.ts";
 *
 * assert.equal(completeSettings("train", presets.quick).beta1, 0.9);
 * assert.throws(() => completeSettings("train", { ...presets.quick, seed: "1" }), {
 *   message: /^Cannot train: expected seed to be a whole number .*, got "1"$/,
 * });
 * ```
 */
export function completeSettings(action: string, settings: unknown): Settings {
  const given = checkChanges(action, settings);
  checkOptions(action, "setting", given, settingsSchema);
  checkBudget(action, given);
  const { leaveOut = [], ...settled } = { ...defaults, ...given } as Settings;
  return { ...settled, leaveOut: leaveOut.toSorted((a, b) => a - b) };
}

/** What settings are that have been left out. */
const defaults = Object.fromEntries(
  Object.entries<Setting>(settingsSchema).flatMap(([name, row]) =>
    row.default === undefined ? [] : [[name, row.default]]
  ),
);

/**
 * Checks changes to settings.
 *
 * @returns Those that are not `undefined`, each under its main name.
 * @throws {RangeError} As {@linkcode completeSettings}, but that all may be missing.
 */
export function checkChanges(
  action: string,
  changes: unknown,
): Partial<Settings> {
  checkNames(action, "setting", changes, settingNames);
  const given = Object.fromEntries(
    Object.entries(changes).filter(([, value]) => value !== undefined),
  );
  checkSettings(action, given);
  return withOneName(action, given);
}
