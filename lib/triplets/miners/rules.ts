import { checkValue } from "../../numeric/domain.ts";
import { checkRandom } from "../../numeric/random.ts";
import type { Rule } from "../mining/rule.ts";
import { batchAll } from "./batch_all.ts";
import {
  batchEasyPositive,
  batchEasyPositiveHardNegative,
} from "./batch_easy_positive.ts";
import { batchHard } from "./batch_hard.ts";
import { distanceWeighted } from "./distance_weighted.ts";
import { semiHard } from "./semi_hard.ts";
import { semiHardBand } from "./semi_hard_band.ts";
import { semiHardDrawn } from "./semi_hard_drawn.ts";
import { semiHardFarthestPositive } from "./semi_hard_farthest_positive.ts";
import { semiHardFromPositive } from "./semi_hard_from_positive.ts";
import type { MiningOptions } from "../batch/triplets.ts";

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
