import { checkValue } from "../../numeric/domain.ts";
import { refuse, shown } from "../../numeric/refuse.ts";
import { settingNames } from "../../training/settings/check.ts";
import type { NetworkSettings } from "../../training/settings/network_settings.ts";
import type {
  SettingChanges,
  Settings,
} from "../../training/settings/schema.ts";
import {
  changeSettings,
  resolveSettings,
} from "../../training/settings/settings.ts";

const action = "export to torchrun";

/** The miners that train.py knows. */
export const runMiners = ["semi-hard"] as const;

/**
 * The settings of a run that trains a network further: its own, and where it has none
 * those of the preset quick, with changes.
 *
 * @throws {RangeError} If a setting is unknown or has a value that it may not have, or
 * one that train.py does not know, or belongs to another network.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { presets } from "../../training/settings/settings.ts";
 *
 * const settings = runSettings(presets.full, { steps: 5 });
 * assert.equal(settings.steps, 5);
 * assert.equal(settings.augmentation, "none");
 * assert.throws(() => runSettings(presets.full, { miner: "batch-all" }), {
 *   message:
 *     'Cannot export to torchrun: expected miner to be one of semi-hard, got "batch-all"',
 * });
 * ```
 */
export function runSettings(
  own: NetworkSettings,
  changes: SettingChanges,
): Settings {
  const known = Object.entries(own)
    .filter(([name]) => settingNames.includes(name as keyof Settings));
  const base = resolveSettings("quick", Object.fromEntries(known));
  const settings = changeSettings(base, changes);
  for (const name of ["inputSize", "embeddingSize", "normalization"] as const) {
    if (settings[name] === own[name]) continue;
    const [expected, got] = [own[name], settings[name]].map(shown);
    refuse(action, `${name} ${expected}, the network's`, got!);
  }
  const miners = { type: "choice", of: runMiners } as const;
  checkValue(action, "miner", settings.miner, miners);
  if (settings.seconds !== undefined) {
    const got = `${settings.seconds} seconds`;
    refuse(action, "a budget of steps or epochs", got);
  }
  return { ...settings, augmentation: "none" };
}

/**
 * The steps of a run.
 *
 * @param count The images that it trains on.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { resolveSettings } from "../../training/settings/settings.ts";
 *
 * const settings = resolveSettings("quick", { epochs: 1 });
 * assert.equal(stepsOf(settings, 1000), Math.ceil(1000 / 240));
 * ```
 */
export function stepsOf(
  { steps = Infinity, epochs = Infinity, ...settings }: Settings,
  count: number,
): number {
  const batchSize = settings.classesPerBatch * settings.imagesPerClass;
  return Math.min(steps, Math.ceil(epochs * (count / batchSize)));
}
