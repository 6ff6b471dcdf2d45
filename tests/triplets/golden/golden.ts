import fixture from "../../fixtures/triplets.json" with { type: "json" };
import type { Triple } from "../oracle.ts";
import type { FixedMiner } from "../miners.ts";

const numbers = (text: string) => text.split(" ").map(Number);

const withGradient = (
  { loss, gradient }: { loss: number; gradient: string },
) => ({ loss, gradient: numbers(gradient) });

/** Other people's results, made by make_golden.py. */
export const golden = {
  margin: fixture.margin,
  counts: fixture.counts,
  labels: numbers(fixture.labels),
  embeddings: numbers(fixture.embeddings),
  size: 8,
  /** batch-all by cosine distance, of embeddings of other lengths. */
  cosine: {
    embeddings: numbers(fixture.cosine.embeddings),
    ...withGradient(fixture.cosine),
  },
  contrastive: {
    margin: fixture.contrastive.margin,
    ...withGradient(fixture.contrastive),
  },
  lifted: { margin: fixture.lifted.margin, ...withGradient(fixture.lifted) },
  /** With which chances the first anchors draw each image, by distance-weighted. */
  distanceWeights: fixture.distanceWeights.map(numbers),
};

export const goldenMiners = Object.entries(fixture.miners).map((
  [miner, { anchors, positives, negatives, active, softMargin, ...hinge }],
) => {
  const [a, p, n] = [anchors, positives, negatives].map(numbers);
  return {
    miner: miner as FixedMiner,
    triples: a!.map((anchor, i): Triple => [anchor, p![i]!, n![i]!]),
    ...withGradient(hinge),
    active,
    softMargin,
  };
});
