import {
  measureRetrieval,
  type RetrievalReport,
} from "../../evaluation/retrieval/retrieval.ts";
import {
  retrievalMeasures,
  type TopKMeasure,
  topKMeasures,
} from "../../evaluation/retrieval/retrieval_measures.ts";
import { headline, measureColumns } from "../report/measures.ts";
import { numberTable, type Section } from "../report/section.ts";
import { whole } from "../report/text.ts";
import { shareChart } from "./curves.ts";
import type { Material } from "../measured/material.ts";

const KS = [1, 2, 4, 8, 16, 32, 64, 128];

/** Search: all test images against each other. */
export function retrievalSection({ test }: Material): Section {
  const ks = KS.filter((k) => k < test.labels.length);
  const retrieval = measureRetrieval(test, { ks });
  const { atK, mapAtR, queries } = retrieval;
  const topK = Object.keys(topKMeasures) as TopKMeasure[];
  return {
    title: "Retrieval",
    about: `Each of ${
      whole(queries)
    } test images searches all others. Recall@K asks for one image of its digit among the K nearest; MAP@R looks at as many as the digit has and at their order, and is the strictest: at 100 %, all images of a digit are nearer than all others.`,
    headlines: [
      headline(
        "Retrieval",
        { ...topKMeasures.recall, name: "Recall@1" },
        atK[0]!.recall,
      ),
      headline(
        "Retrieval",
        retrievalMeasures.mapAtR,
        mapAtR,
        "hard to reach",
      ),
    ],
    tables: tables(retrieval),
    notes: [],
    drawings: [{
      figure: shareChart(
        topK.map((key) => ({
          name: topKMeasures[key].name,
          x: ks,
          y: atK.map((at) => at[key]),
        })),
        ks,
        {
          xTitle: "K, the nearest images looked at",
          yTitle: "mean over test images",
        },
      ),
      caption:
        "Recall@K can only rise. Precision@K, the share of right images among the K nearest, tells how far around an image its digit reaches.",
    }],
    json: { retrieval },
  };
}

function tables(retrieval: RetrievalReport) {
  const whole = measureColumns(retrievalMeasures);
  const values = whole.cells(retrieval);
  const columns = measureColumns(topKMeasures);
  return [
    numberTable(
      "",
      ["measure", "mean over test images"],
      whole.names.map((name, i) => [name, values[i]!]),
    ),
    numberTable(
      "",
      ["K", ...columns.names],
      retrieval.atK.map((at) => [
        String(at.k),
        ...columns.cells(at),
      ]),
    ),
  ];
}
