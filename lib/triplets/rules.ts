import type { Rule } from "./rule.ts";
import { batchAll } from "./rules/batch_all.ts";
import { batchHard } from "./rules/batch_hard.ts";
import { semiHard } from "./rules/semi_hard.ts";

const rules = {
  "batch-all": batchAll,
  "batch-hard": batchHard,
  "semi-hard": semiHard,
} satisfies Record<string, Rule>;

/** The name of a rule by which triplets are chosen from a batch. */
export type MiningRule = keyof typeof rules;

/** The names of all rules. */
export const miningRules = Object.keys(rules) as readonly MiningRule[];

/**
 * Finds a rule by its name.
 *
 * @throws {RangeError} If there is none of this name.
 */
export function findRule(name: string): Rule {
  if (!Object.hasOwn(rules, name)) {
    throw new RangeError(
      `Cannot mine triplets: expected a rule of ${
        miningRules.map((known) => `"${known}"`).join(", ")
      }, got "${name}"`,
    );
  }
  return rules[name as MiningRule];
}
