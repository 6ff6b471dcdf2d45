import { checkValue } from "../numeric/domain.ts";
import { checkRandom } from "../random.ts";
import type { Rule } from "./rule.ts";
import { batchAll } from "./rules/batch_all.ts";
import {
  batchEasyPositive,
  batchEasyPositiveHardNegative,
} from "./rules/batch_easy_positive.ts";
import { batchHard } from "./rules/batch_hard.ts";
import { distanceWeighted } from "./rules/distance_weighted.ts";
import { semiHard } from "./rules/semi_hard.ts";
import { semiHardBand } from "./rules/semi_hard_band.ts";
import { semiHardDrawn } from "./rules/semi_hard_drawn.ts";
import { semiHardFarthestPositive } from "./rules/semi_hard_farthest_positive.ts";
import { semiHardFromPositive } from "./rules/semi_hard_from_positive.ts";
import type { MiningOptions } from "./triplets.ts";

const rules = {
  "batch-all": batchAll,
  "batch-hard": batchHard,
  "batch-easy-positive": batchEasyPositive,
  "batch-easy-positive-hard-negative": batchEasyPositiveHardNegative,
  "distance-weighted": distanceWeighted,
  "semi-hard": semiHard,
  "semi-hard-pytorch-metric-learning": semiHardBand,
  "semi-hard-tensorflow-similarity": semiHardFarthestPositive,
  "semi-hard-siamese-triplet": semiHardDrawn,
  "semi-hard-facenet-on-mnist": semiHardFromPositive,
} satisfies Record<string, Rule>;

/**
 * The name of a rule by which triplets are chosen from a batch;
 * {@linkcode mineTriplets} says what each means.
 */
export type MiningRule = keyof typeof rules;

/** The names of all rules. */
export const miningRules = Object.keys(rules) as readonly MiningRule[];

/** Whether a rule draws at random, and so needs a stream to draw from. */
export function drawsAtRandom(rule: MiningRule): boolean {
  return (rules[rule] as Rule).draws === true;
}

/**
 * Finds a rule by its name and checks that it has been given what it needs.
 *
 * @throws {RangeError} If there is none of this name, it lacks `random`, or an
 * embedding size is not a whole number of 1 or more, or of 2 or more where the
 * rule needs one.
 */
export function findRule(
  name: string,
  { random, embeddingSize }: Omit<MiningOptions, "margin">,
): Rule {
  const of = miningRules;
  checkValue("mine triplets", "the rule", name, { type: "choice", of });
  const rule: Rule = rules[name as MiningRule];
  const action = `mine triplets by "${name}"`;
  if (rule.draws || random !== undefined) checkRandom(action, random);
  if (rule.needsSize || embeddingSize !== undefined) {
    const min = rule.needsSize ? 2 : 1;
    const domain = { type: "integer", min } as const;
    checkValue(action, "embeddingSize", embeddingSize, domain);
  }
  return rule;
}
