import {
  type MiningRule,
  miningRules,
} from "../../lib/triplets/miners/rules.ts";

const drawing = [
  "distance-weighted",
  "semi-hard-siamese-triplet",
  "semi-hard-facenet-on-mnist",
] as const satisfies MiningRule[];

/** The rules that draw at random, */
export type DrawingRule = typeof drawing[number];
export const drawingRules: readonly DrawingRule[] = drawing;

/** and those that do not. */
export type FixedRule = Exclude<MiningRule, DrawingRule>;
export const fixedRules = miningRules.filter((rule): rule is FixedRule =>
  !(drawing as readonly string[]).includes(rule)
);
