import { refuse, shown } from "../../numeric/refuse.ts";
import { checkSettings, settingNames } from "./check.ts";
import type { Settings } from "./schema.ts";

/** What must be known to use weights: the network and its input. */
export type NetworkSettings = Pick<
  Settings,
  "inputSize" | "embeddingSize" | "normalization" | "binarize"
>;

const needed = [
  "inputSize",
  "embeddingSize",
  "normalization",
  "binarize",
] as const satisfies (keyof NetworkSettings)[];

/**
 * Refuses settings that no network can have been trained with: those that must be
 * known, and all others that there are. What is no setting may stand beside them,
 * as a file of weights may tell more.
 *
 * @param action What is being done, the opening of an error's message.
 * @throws {RangeError} With the name of the setting and the value.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const network = { inputSize: 28, embeddingSize: 4, normalization: "lrn" };
 * checkNetworkSettings("save", { ...network, binarize: true, author: "me" });
 * assert.throws(() => checkNetworkSettings("save", network), {
 *   message: "Cannot save: expected binarize to be true or false, got nothing",
 * });
 * ```
 */
export function checkNetworkSettings(
  action: string,
  settings: unknown,
): asserts settings is NetworkSettings {
  if (typeof settings !== "object" || settings === null) {
    refuse(action, "settings in an object", shown(settings));
  }
  const given = Object.entries(settings as object)
    .filter(([name, value]) =>
      value !== undefined && settingNames.includes(name as keyof Settings)
    );
  const missing = needed.map((name) => [name, undefined] as const);
  checkSettings(action, Object.fromEntries([...missing, ...given]));
}
