import {
  type Labelled,
  selectLabelled,
} from "../../evaluation/embeddings/labelled.ts";
import { pca } from "../../evaluation/projections/pca.ts";
import { projectionMeasures } from "../../evaluation/measures.ts";
import { tSne } from "../../evaluation/projections/t_sne.ts";
import { umap } from "../../evaluation/projections/umap.ts";
import { computeMeasures } from "../../evaluation/statistics/measure.ts";
import { scatter2d } from "../../plots/figures/scatter/scatter_2d.ts";
import type { Embeddings } from "../../numeric/embeddings.ts";
import type { Random } from "../../numeric/random.ts";
import { measureColumns } from "../report/measures.ts";
import { percent } from "../report/report.ts";
import { WIDTH } from "./curves.ts";
import type { Material } from "../measured/material.ts";
import { type Drawing, numberTable, type Section } from "../report/section.ts";
import { whole } from "../report/text.ts";

const NEIGHBOURS = 15;
const PERPLEXITY = 30;

/** How the projections are made. */
export interface ProjectionOptions {
  /** How many of the sampled test images are projected, at least 5. */
  images: number;
  random: Random;
  /** Told in words how far it is. */
  onProgress?: (text: string) => void;
}

/** Test images as points in the plane, three times. */
export async function projectionSection(
  { test, sample }: Material,
  options: ProjectionOptions,
): Promise<Section> {
  const images = selectLabelled(test, sample.subarray(0, options.images));
  return images.embeddings.size < 2
    ? refused(images)
    : await project(images, options);
}

async function project(
  images: Labelled,
  { random, onProgress }: ProjectionOptions,
): Promise<Section> {
  const { embeddings, labels } = images;
  const count = labels.length;
  const draw = (points: Embeddings, caption: string, axes: string[]) =>
    drawing(points, labels, caption, axes);

  const plane = pca(embeddings);
  const explained = Array.from(plane.explainedVarianceRatio);
  const stochastic = await tSne(embeddings, {
    perplexity: Math.min(PERPLEXITY, (count - 1) / 3),
    onProgress: ({ iteration }) => onProgress?.(`t-SNE: step ${iteration}`),
  });
  const graph = await umap(embeddings, {
    random,
    neighbours: Math.min(NEIGHBOURS, count - 1),
    onProgress: (done, total) => onProgress?.(`UMAP: ${done} of ${total}`),
  });
  const made = { pca: plane, tSne: stochastic };
  const values = computeMeasures(projectionMeasures, made);
  const columns = measureColumns(projectionMeasures);
  const cells = columns.cells(values);
  return {
    ...frame(count),
    tables: [
      numberTable(
        "",
        ["measure", "value"],
        columns.names.map((name, i) => [name, cells[i]!]),
      ),
    ],
    drawings: [
      draw(
        plane.points,
        "PCA: the plane in which embeddings vary most. Distances are true, but only in this plane: digits that overlap here may be far apart.",
        explained.map((ratio, i) => `component ${i + 1}: ${percent(ratio, 1)}`),
      ),
      draw(
        stochastic.points,
        "t-SNE keeps neighbours. How far apart and how wide its islands are means nothing; a point on another digit's island does.",
        ["t-SNE 1", "t-SNE 2"],
      ),
      draw(
        graph.points,
        "UMAP keeps a graph of neighbours, and often more of the whole than t-SNE.",
        ["UMAP 1", "UMAP 2"],
      ),
    ],
    json: {
      projections: {
        images: count,
        explainedVarianceRatio: explained,
        divergence: values.divergence,
      },
    },
  };
}

function frame(count: number): Section {
  return {
    title: "Projections",
    about: `${
      whole(count)
    } test images as points in the plane, each near to those with a similar embedding. Digits should be islands without strangers; pictures like these show what to look at, and prove nothing.`,
    headlines: [],
    tables: [],
    notes: [],
    drawings: [],
    json: {},
  };
}

function refused({ labels }: Labelled): Section {
  return {
    ...frame(labels.length),
    notes: ["Embeddings of a single number are on a line already."],
    json: {
      projections: {
        images: labels.length,
        explainedVarianceRatio: [],
        divergence: null,
      },
    },
  };
}

function drawing(
  points: Embeddings,
  labels: ArrayLike<number>,
  caption: string,
  [xTitle = "", yTitle = ""]: string[],
): Drawing {
  const size = { width: WIDTH, height: 620 };
  const figure = scatter2d(points, labels, { ...size, xTitle, yTitle });
  return { figure, caption };
}
