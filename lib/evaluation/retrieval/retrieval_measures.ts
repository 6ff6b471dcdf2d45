import { type Measure, shareFacts } from "../statistics/measure.ts";
import type { RankingScores } from "./ranking.ts";

const musgrave = "Musgrave et al. 2020, as pytorch-metric-learning";

/** A measure of retrieval by its key in the report's JSON. */
export type RetrievalMeasure = "rPrecision" | "mapAtR" | "mrr";

/** How well one query is answered; the report has the mean over queries. */
export const retrievalMeasures: Record<
  RetrievalMeasure,
  Measure<[scores: RankingScores]>
> = {
  rPrecision: {
    name: "R-precision",
    about: "The share of right answers among the R nearest, all that there are",
    ...shareFacts,
    source: musgrave,
    compute: ({ rPrecision }) => rPrecision,
  },
  mapAtR: {
    name: "MAP@R",
    about: "R-precision that looks at the order too: the strictest",
    ...shareFacts,
    source: musgrave,
    compute: ({ averagePrecisionAtR }) => averagePrecisionAtR,
  },
  mrr: {
    name: "MRR",
    about: "One divided by the rank of the first right answer",
    ...shareFacts,
    source: "Voorhees 1999",
    compute: ({ reciprocalRank }) => reciprocalRank,
  },
};

/** A measure of the K nearest answers by its key. */
export type TopKMeasure = "recall" | "precision";

/** The same of the K nearest answers; `place` is that of K among the Ks. */
export const topKMeasures: Record<
  TopKMeasure,
  Measure<[scores: RankingScores, place: number]>
> = {
  recall: {
    name: "Recall@K",
    about: "Whether one of the K nearest is right",
    ...shareFacts,
    source: "Song et al. 2016",
    compute: ({ recallAt }, place) => recallAt[place]!,
  },
  precision: {
    name: "precision@K",
    about: "The share of right answers among the K nearest",
    ...shareFacts,
    source: "Manning et al. 2008, section 8.4",
    compute: ({ precisionAt }, place) => precisionAt[place]!,
  },
};
