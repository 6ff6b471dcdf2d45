/**
 * The definitions, written down as plainly as they can be: what the fast paths
 * are held against. Everything is in double precision and cubic.
 */
import type { Census } from "../../lib/triplets/census.ts";
import type { MiningRule } from "../../lib/triplets/rules.ts";
import type { Triplets } from "../../lib/triplets/triplets.ts";

export type Triple = [anchor: number, positive: number, negative: number];
export type Distance = (a: number, b: number) => number;

/** The squared distance of two rows. */
export function squared(rows: number[][]): Distance {
  return (a, b) =>
    rows[a]!.reduce((sum, x, i) => sum + (x - rows[b]![i]!) ** 2, 0);
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

export function mine(
  rule: MiningRule,
  distance: Distance,
  labels: number[],
): Triple[] {
  const triples = allTriples(labels);
  if (rule === "batch-all") return triples;
  if (rule === "batch-hard") {
    return [...labels.keys()].flatMap((anchor) => {
      const own = triples.filter(([a]) => a === anchor);
      const p = first(own.map(([, p]) => p), (p) => -distance(anchor, p));
      const n = first(own.map(([, , n]) => n), (n) => distance(anchor, n));
      return own.length === 0 ? [] : [[anchor, p!, n!] as Triple];
    });
  }
  const pairs = new Map(
    triples.map((triple) => [`${triple.slice(0, 2)}`, triple]),
  );
  return [...pairs.values()].map(([a, p]) => {
    const negatives = triples.filter((t) => t[0] === a && t[1] === p)
      .map(([, , n]) => n);
    const beyond = negatives.filter((n) => distance(a, n) > distance(a, p));
    const n = first(beyond, (n) => distance(a, n)) ??
      first(negatives, (n) => -distance(a, n));
    return [a, p, n!];
  });
}

/** The first item of the smallest cost. */
function first(items: number[], cost: (item: number) => number) {
  const least = Math.min(...items.map(cost));
  return items.find((item) => cost(item) === least);
}

export function census(
  distance: Distance,
  labels: number[],
  margin: number,
): Census {
  const count = { hard: 0, semiHard: 0, easy: 0 };
  for (const [a, p, n] of allTriples(labels)) {
    if (distance(a, n) <= distance(a, p)) count.hard++;
    else if (distance(a, n) <= distance(a, p) + margin) count.semiHard++;
    else count.easy++;
  }
  return count;
}

/** The mean hinge over triples, 0 over none. */
export function meanLoss(
  distance: Distance,
  triples: Triple[],
  margin: number,
): number {
  const losses = triples.map(([a, p, n]) =>
    Math.max(0, distance(a, p) - distance(a, n) + margin)
  );
  return losses.reduce((sum, loss) => sum + loss, 0) /
    Math.max(1, losses.length);
}

/** The gradient of {@linkcode meanLoss} in the rows, for squared distances. */
export function meanLossGradient(
  rows: number[][],
  triples: Triple[],
  margin: number,
): number[][] {
  const distance = squared(rows);
  const gradient = rows.map((row) => row.map(() => 0));
  for (const [a, p, n] of triples) {
    if (distance(a, p) - distance(a, n) + margin <= 0) continue;
    for (let i = 0; i < rows[a]!.length; i++) {
      const [toA, toP, toN] = [rows[a]![i]!, rows[p]![i]!, rows[n]![i]!];
      gradient[a]![i]! += 2 * (toN - toP) / triples.length;
      gradient[p]![i]! += 2 * (toP - toA) / triples.length;
      gradient[n]![i]! += 2 * (toA - toN) / triples.length;
    }
  }
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
