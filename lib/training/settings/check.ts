import { checkValue } from "../../numeric/domain.ts";
import { refuse } from "../../numeric/refuse.ts";
import { checkNames, checkOptions } from "./options.ts";
import { type Settings, settingsSchema } from "./schema.ts";
import { threadsAmong } from "./threads.ts";

/** The names of all settings. */
export const settingNames = Object.keys(settingsSchema) as (keyof Settings)[];

/**
 * Refuses settings that are no run's: one is missing, unknown, or has a value that
 * it may not have, there is no limit of steps, epochs or seconds, or two names of
 * one setting have different values.
 *
 * @param action What is being done, the opening of an error's message.
 * @throws {RangeError} With the name of the setting and what it is.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { presets } from "./settings.ts";
 *
 * checkSettings("train", presets.quick);
 * assert.throws(() => checkSettings("train", { ...presets.quick, seed: "1" }), {
 *   message: /^Cannot train: expected seed to be a whole number .*, got "1"$/,
 * });
 * ```
 */
export function checkSettings(
  action: string,
  settings: unknown,
): asserts settings is Settings {
  checkOptions(action, "setting", settings, settingsSchema);
  const { steps, epochs, seconds } = settings as Settings;
  if (steps === undefined && epochs === undefined && seconds === undefined) {
    refuse(action, "a budget of steps, epochs or seconds", "none");
  }
  threadsAmong(action, settings as Settings);
}

/**
 * Refuses changes to settings that are not a record of known ones.
 *
 * @throws {RangeError} With the name that may have been meant, or all there are.
 */
export function checkChanges(action: string, changes: unknown): void {
  checkNames(action, "setting", changes, settingNames);
}

/**
 * Refuses a value that a setting may not have.
 *
 * @throws {RangeError} With the name of the setting and the value.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * checkSetting("train", "threads", 2);
 * assert.throws(() => checkSetting("train", "threads", 0), {
 *   message:
 *     "Cannot train: expected threads to be a whole number from 1 to 256, got 0",
 * });
 * ```
 */
export function checkSetting(
  action: string,
  name: keyof Settings,
  value: unknown,
): void {
  checkValue(action, name, value, settingsSchema[name].domain);
}

/**
 * Refuses values that some settings may not have, of which those that may be left
 * out may be `undefined`.
 *
 * @throws {RangeError} With the name of the setting and the value.
 */
export function checkSome(
  action: string,
  settings: Partial<Record<keyof Settings, unknown>>,
): void {
  for (const [name, value] of Object.entries(settings)) {
    const key = name as keyof Settings;
    const isOptional = "optional" in settingsSchema[key];
    if (value !== undefined || !isOptional) checkSetting(action, key, value);
  }
}
