import { measureRetrieval } from "../../evaluation/retrieval/retrieval.ts";
import { lineChart } from "../../plots/figures/line_chart.ts";
import { percent } from "../report/report.ts";
import type { Material } from "./material.ts";
import { numberTable, type Section } from "../report/section.ts";
import { whole } from "../report/text.ts";

const KS = [1, 2, 4, 8, 16, 32, 64, 128];

/** Search: all test images against each other. */
export function retrievalSection({ test }: Material): Section {
  const ks = KS.filter((k) => k < test.labels.length);
  const retrieval = measureRetrieval(test, { ks });
  const { atK, rPrecision, mapAtR, mrr, queries } = retrieval;
  const measures = {
    "R-precision": rPrecision,
    "MAP@R": mapAtR,
    "MRR": mrr,
  };
  return {
    title: "Retrieval",
    about: `Each of ${
      whole(queries)
    } test images searches all others. Recall@K asks for one image of its digit among the K nearest; MAP@R looks at as many as the digit has and at their order, and is the strictest: at 100 %, all images of a digit are nearer than all others.`,
    headlines: [
      {
        measure: "Retrieval: Recall@1",
        value: percent(atK[0]!.recall),
        good: "100 % at best",
      },
      {
        measure: "Retrieval: MAP@R",
        value: percent(mapAtR),
        good: "100 % at best, and hard to reach",
      },
    ],
    tables: [
      numberTable(
        "",
        ["measure", "mean over test images"],
        Object.entries(measures).map(([name, value]) => [name, percent(value)]),
      ),
      numberTable(
        "",
        ["K", "Recall@K", "precision@K"],
        atK.map(({ k, recall, precision }) => [
          String(k),
          percent(recall),
          percent(precision),
        ]),
      ),
    ],
    notes: [],
    drawings: [{
      figure: lineChart(
        [
          { name: "Recall@K", x: ks, y: atK.map(({ recall }) => recall) },
          {
            name: "precision@K",
            x: ks,
            y: atK.map(({ precision }) => precision),
          },
        ],
        {
          xTitle: "K, the nearest images looked at",
          yTitle: "mean over test images",
          xLog: true,
          xTicks: ks,
          yFormat: ".1~%",
          width: 860,
        },
      ),
      caption:
        "Recall@K can only rise. Precision@K, the share of right images among the K nearest, tells how far around an image its digit reaches.",
    }],
    json: { retrieval },
  };
}
