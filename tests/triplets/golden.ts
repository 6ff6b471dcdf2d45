import fixture from "../fixtures/triplets.json" with { type: "json" };
import type { MiningRule } from "../../lib/triplets/rules.ts";
import type { Triple } from "./oracle.ts";

const numbers = (text: string) => text.split(" ").map(Number);

/** PyTorch's results, made by make_golden.py. */
export const golden = {
  margin: fixture.margin,
  census: fixture.census,
  labels: numbers(fixture.labels),
  embeddings: numbers(fixture.embeddings),
  size: 8,
};

export const goldenRules = Object.entries(fixture.rules).map((
  [rule, { anchors, positives, negatives, loss, gradient }],
) => {
  const [a, p, n] = [anchors, positives, negatives].map(numbers);
  return {
    rule: rule as MiningRule,
    triples: a!.map((anchor, i): Triple => [anchor, p![i]!, n![i]!]),
    loss,
    gradient: numbers(gradient),
  };
});
