/**
 * The definitions, written down as plainly as they can be: what the fast paths
 * are held against. Everything is in double precision and cubic.
 */
import type { TripletCounts } from "../../lib/triplets/batch/triplet_counts.ts";
import type { Triplets } from "../../lib/triplets/batch/triplets.ts";
import type { LossOptions } from "../../lib/triplets/losses/options.ts";
import type { DrawingMiner, FixedMiner } from "./miners.ts";

export type Triple = [anchor: number, positive: number, negative: number];
export type Distance = (a: number, b: number) => number;

/** The squared distance of two rows. */
export function squared(rows: number[][]): Distance {
  return (a, b) =>
    rows[a]!.reduce((sum, x, i) => sum + (x - rows[b]![i]!) ** 2, 0);
}

/** 1 − the cosine of the angle between two rows. */
export function cosine(rows: number[][]): Distance {
  const dot = (a: number, b: number) =>
    rows[a]!.reduce((sum, x, i) => sum + x * rows[b]![i]!, 0);
  return (a, b) => 1 - dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

/** All distances, in rows. */
export function matrix(count: number, distance: Distance): Float32Array {
  return Float32Array.from(
    { length: count * count },
    (_, i) => distance(Math.floor(i / count), i % count),
  );
}

export function allTriples(labels: number[]): Triple[] {
  const all = [...labels.keys()];
  return all.flatMap((a) =>
    all.flatMap((p) =>
      all.filter((n) =>
        a !== p && labels[a] === labels[p] && labels[n] !== labels[a]
      )
        .map((n): Triple => [a, p, n])
    )
  );
}

/** The triples of a miner that leaves nothing to chance. */
export function mine(
  miner: FixedMiner,
  distance: Distance,
  labels: number[],
  margin: number,
): Triple[] {
  const triples = allTriples(labels);
  const perAnchor = (
    choose: (a: number, positives: number[], negatives: number[]) => number[],
  ) =>
    [...labels.keys()].flatMap((a) => {
      const own = triples.filter((triple) => triple[0] === a);
      const [p, n] = own.length === 0
        ? []
        : choose(a, own.map((t) => t[1]), own.map((t) => t[2]));
      return p === undefined || n === undefined ? [] : [[a, p, n] as Triple];
    });
  const nearest = (a: number, images: number[]) =>
    first(images, (image) => distance(a, image));
  const farthest = (a: number, images: number[]) =>
    first(images, (image) => -distance(a, image))!;
  const nextBeyond = (a: number, p: number, negatives: number[]) =>
    nearest(a, negatives.filter((n) => distance(a, n) > distance(a, p)));
  switch (miner) {
    case "batch-all":
      return triples;
    case "batch-hard":
      return perAnchor((a, p, n) => [farthest(a, p), nearest(a, n)!]);
    case "batch-easy-positive":
      return perAnchor((a, positives, n) => {
        const p = nearest(a, positives)!;
        return [p, nextBeyond(a, p, n)!];
      });
    case "batch-easy-positive-hard-negative":
      return perAnchor((a, p, n) => [nearest(a, p)!, nearest(a, n)!]);
    case "semi-hard":
      return pairsOf(triples).map(([a, p, negatives]) => [
        a,
        p,
        nextBeyond(a, p, negatives) ?? farthest(a, negatives),
      ]);
    case "semi-hard-pytorch-metric-learning":
      return triples.filter(([a, p, n]) =>
        distance(a, n) > distance(a, p) &&
        distance(a, n) <= distance(a, p) + margin
      );
    case "semi-hard-tensorflow-similarity":
      return perAnchor((a, positives, n) => {
        const p = farthest(a, positives);
        return [p, nextBeyond(a, p, n) ?? farthest(a, n)];
      });
  }
}

/**
 * All negatives that a miner may draw for a pair; a pair without is left out.
 *
 * @param isFirst Whether a comes before p in the batch.
 */
export function choices(
  miner: DrawingMiner,
  distance: Distance,
  labels: number[],
  margin: number,
  isFirst = (a: number, p: number) => a < p,
): [a: number, p: number, negatives: number[]][] {
  const fits: Record<DrawingMiner, (...triple: Triple) => boolean> = {
    "distance-weighted": () => true,
    explicit: (a, p, n) =>
      distance(a, n) > distance(a, p) &&
      distance(a, n) <= distance(a, p) + margin,
    "semi-hard-siamese-triplet": (a, p, n) =>
      isFirst(a, p) && distance(a, n) > distance(a, p) &&
      distance(a, n) < distance(a, p) + margin,
    "semi-hard-facenet-on-mnist": (a, p, n) => distance(p, n) > distance(a, p),
  };
  const triples = allTriples(labels);
  return pairsOf(triples.filter((triple) => fits[miner](...triple)));
}

function pairsOf(
  triples: Triple[],
): [a: number, p: number, negatives: number[]][] {
  const pairs = Map.groupBy(triples, ([a, p]) => `${a},${p}`);
  return [...pairs.values()].map((own) => {
    const [a, p] = own[0]!;
    return [a, p, own.map(([, , n]) => n)];
  });
}

/** The first item of the smallest cost. */
function first(
  items: number[],
  cost: (item: number) => number,
): number | undefined {
  const least = Math.min(...items.map(cost));
  return items.find((item) => cost(item) === least);
}

export function count(
  distance: Distance,
  labels: number[],
  margin: number,
): TripletCounts {
  const count = { hard: 0, semiHard: 0, easy: 0 };
  for (const [a, p, n] of allTriples(labels)) {
    if (distance(a, n) <= distance(a, p)) count.hard++;
    else if (distance(a, n) <= distance(a, p) + margin) count.semiHard++;
    else count.easy++;
  }
  return count;
}

/** The mean lossFunction over triples, 0 over none. */
export function meanLoss(
  distance: Distance,
  triples: Triple[],
  { margin, lossFunction = "hinge", mean = "all" }: LossOptions,
): number {
  const costs = triples.map(([a, p, n]) => {
    const gap = distance(a, p) - distance(a, n) + margin;
    return lossFunction === "hinge"
      ? Math.max(0, gap)
      : Math.log1p(Math.exp(gap));
  });
  const counted = mean === "all" ? costs : costs.filter((cost) => cost > 0);
  return costs.reduce((sum, cost) => sum + cost, 0) /
    Math.max(1, counted.length);
}

/** The gradient of {@linkcode meanLoss} in the rows, for squared distances. */
export function meanLossGradient(
  rows: number[][],
  triples: Triple[],
  { margin, lossFunction = "hinge", mean = "all" }: LossOptions,
): number[][] {
  const distance = squared(rows);
  const slopes = triples.map(([a, p, n]) => {
    const gap = distance(a, p) - distance(a, n) + margin;
    return lossFunction === "hinge"
      ? Number(gap > 0)
      : 1 / (1 + Math.exp(-gap));
  });
  const counted = mean === "all" ? slopes : slopes.filter((slope) => slope > 0);
  const gradient = rows.map((row) => row.map(() => 0));
  triples.forEach(([a, p, n], triple) => {
    const weight = 2 * slopes[triple]! / Math.max(1, counted.length);
    for (let i = 0; i < rows[a]!.length; i++) {
      const [toA, toP, toN] = [rows[a]![i]!, rows[p]![i]!, rows[n]![i]!];
      gradient[a]![i]! += weight * (toN - toP);
      gradient[p]![i]! += weight * (toP - toA);
      gradient[n]![i]! += weight * (toA - toN);
    }
  });
  return gradient;
}

export function toTriples(
  { anchors, positives, negatives }: Triplets,
): Triple[] {
  return Array.from(
    anchors,
    (a, i): Triple => [a, positives[i]!, negatives[i]!],
  );
}

export function toTriplets(triples: Triple[]): Triplets {
  return {
    anchors: Int32Array.from(triples, ([a]) => a),
    positives: Int32Array.from(triples, ([, p]) => p),
    negatives: Int32Array.from(triples, ([, , n]) => n),
  };
}
