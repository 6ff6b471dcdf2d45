import { clusterMeasures } from "../../evaluation/clustering/cluster_measures.ts";
import { cutDendrogram } from "../../evaluation/clustering/dendrogram.ts";
import { kMeans } from "../../evaluation/clustering/k_means.ts";
import {
  type Labelled,
  selectLabelled,
} from "../../evaluation/embeddings/labelled.ts";
import { lineChart } from "../../plots/figures/line_chart.ts";
import type { Random } from "../../numeric/random.ts";
import { WIDTH } from "./curves.ts";
import { linkage, scoreClusters, scoreCuts } from "../measured/cluster.ts";
import type { ClusteringJson } from "../report/json.ts";
import { headline, measureColumns } from "../report/measures.ts";
import type { Material } from "../measured/material.ts";
import { numberTable, type Section } from "../report/section.ts";
import { whole } from "../report/text.ts";

const columns = measureColumns(clusterMeasures);

/** Does the network find the digits by itself? Some of the test images. */
export function clusteringSection(
  { validation, test, sample }: Material,
  random: Random,
): Section {
  // Validation images are in random order, so the first ones are a sample.
  const rows = Array.from(validation.labels, (_, row) => row)
    .slice(0, sample.length);
  const chosenOn = selectLabelled(validation, rows);
  const onValidation = scoreCuts(
    linkage(chosenOn.embeddings),
    chosenOn.labels,
  );
  const { threshold } = onValidation.reduce((a, b) =>
    b.score > a.score ? b : a
  );
  const { averageLinkage, kMeans, onTest } = clusterBothWays(
    selectLabelled(test, sample),
    threshold,
    random,
  );
  return {
    title: "Clustering",
    about: `${
      whole(sample.length)
    } test images are divided into groups without their labels; then groups and digits are compared. Adjusted mutual information (AMI) is 1 where they are the same and 0 for groups made by chance, however many there are.`,
    headlines: [headline(
      "Clustering, average linkage",
      clusterMeasures.adjustedMutualInformation,
      averageLinkage.adjustedMutualInformation,
    )],
    tables: [
      numberTable(
        "",
        ["method", "clusters", ...columns.names],
        [
          row("average linkage", averageLinkage),
          row("k-means", kMeans),
        ],
      ),
    ],
    notes: [
      `Average linkage stops at a mean squared distance of ${
        threshold.toFixed(3)
      }, where AMI is best for ${
        whole(rows.length)
      } validation images; it is not told how many digits there are, and k-means is. NMI and purity grow with the number of groups; AMI and the adjusted Rand index (ARI) do not.`,
    ],
    drawings: [{
      figure: lineChart(
        [
          { name: "test images", ...curve(onTest) },
          { name: "validation images", ...curve(onValidation) },
        ],
        {
          xTitle: "threshold of average linkage, squared distance",
          yTitle: "AMI",
          width: WIDTH,
        },
      ),
      caption:
        "From many small groups at the left to one at the right. A wide high top means that the threshold hardly matters: the gap between digits is wide.",
    }],
    json: {
      clustering: {
        images: sample.length,
        threshold,
        averageLinkage,
        kMeans,
      },
    },
  };
}

function clusterBothWays(
  { embeddings, labels }: Labelled,
  threshold: number,
  random: Random,
) {
  const dendrogram = linkage(embeddings);
  const { labels: means } = kMeans(
    embeddings,
    new Set(Array.from(labels)).size,
    { random },
  );
  return {
    averageLinkage: scoreClusters(
      cutDendrogram(dendrogram, { threshold }),
      labels,
    ),
    kMeans: scoreClusters(means, labels),
    onTest: scoreCuts(dendrogram, labels),
  };
}

function row(name: string, scores: ClusteringJson): string[] {
  return [
    name,
    whole(scores.clusters),
    ...columns.cells(scores),
  ];
}

function curve(cuts: { threshold: number; score: number }[]) {
  return {
    x: cuts.map(({ threshold }) => threshold),
    y: cuts.map(({ score }) => score),
  };
}
