import { checkValue } from "../../numeric/domain.ts";
import { type Settings, settingsSchema } from "./schema.ts";

/** The names of all settings. */
export const settingNames = Object.keys(settingsSchema) as (keyof Settings)[];

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
export function checkSettings(
  action: string,
  settings: Partial<Record<keyof Settings, unknown>>,
): void {
  for (const [name, value] of Object.entries(settings)) {
    const key = name as keyof Settings;
    const isOptional = "optional" in settingsSchema[key];
    if (value !== undefined || !isOptional) checkSetting(action, key, value);
  }
}
