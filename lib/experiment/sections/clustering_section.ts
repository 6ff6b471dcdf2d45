import { cutDendrogram } from "../../evaluation/clustering/dendrogram.ts";
import { kMeans } from "../../evaluation/clustering/k_means.ts";
import type { LabelledEmbeddings } from "../../evaluation/embeddings/labelled.ts";
import { lineChart } from "../../plots/figures/line_chart.ts";
import type { Random } from "../../numeric/random.ts";
import { linkage, scoreClusters, scoreCuts } from "./cluster.ts";
import type { ClusteringJson } from "../report/json.ts";
import { type Material, withRows } from "./material.ts";
import { numberTable, type Section } from "../report/section.ts";
import { whole } from "../report/text.ts";

/** Does the network find the digits by itself? Some of the test images. */
export function clusteringSection(
  { validation, test, sample }: Material,
  random: Random,
): Section {
  // Validation images are in random order, so the first ones are a sample.
  const rows = Array.from(validation.labels, (_, row) => row)
    .slice(0, sample.length);
  const onValidation = withRows(
    validation,
    rows,
    (some) => scoreCuts(linkage(some), some.labels),
  );
  const { threshold } = onValidation.reduce((a, b) =>
    b.score > a.score ? b : a
  );
  const found = withRows(
    test,
    sample,
    (some) => clusterBothWays(some, threshold, random),
  );
  const { averageLinkage, kMeans, onTest } = found;
  return {
    title: "Clustering",
    about: `${
      whole(sample.length)
    } test images are divided into groups without their labels; then groups and digits are compared. Adjusted mutual information (AMI) is 1 where they are the same and 0 for groups made by chance, however many there are.`,
    headlines: [{
      measure: "Clustering, average linkage: AMI",
      value: averageLinkage.adjustedMutualInformation.toFixed(3),
      good: "1 at best; 0 is chance",
    }],
    tables: [
      numberTable(
        "",
        ["method", "clusters", "AMI", "NMI", "ARI", "purity"],
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
          width: 860,
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
  images: LabelledEmbeddings,
  threshold: number,
  random: Random,
) {
  const { embeddings, labels } = images;
  const dendrogram = linkage(images);
  const { labels: means, centers } = kMeans(
    embeddings,
    new Set(Array.from(labels)).size,
    { random },
  );
  centers.dispose();
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
    scores.adjustedMutualInformation.toFixed(3),
    scores.normalizedMutualInformation.toFixed(3),
    scores.adjustedRandIndex.toFixed(3),
    scores.purity.toFixed(3),
  ];
}

function curve(cuts: { threshold: number; score: number }[]) {
  return {
    x: cuts.map(({ threshold }) => threshold),
    y: cuts.map(({ score }) => score),
  };
}
