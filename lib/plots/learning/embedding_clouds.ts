import { checkLength, checkSome } from "../../numeric/list.ts";
import {
  type Embeddings,
  type EmbeddingsOrTensor,
  readEmbeddings,
} from "../../numeric/embeddings.ts";
import { optionsOf } from "../../numeric/options.ts";
import { refuse } from "../../numeric/refuse.ts";
import type { Figure } from "../figures/figure.ts";
import { round } from "../figures/numbers.ts";
import {
  scatter2d,
  type ScatterOptions,
} from "../figures/scatter/scatter_2d.ts";
import { spreadLabels } from "../figures/scatter/spread_labels.ts";
import { object } from "../figures/read.ts";
import { alongPlane, readPlane } from "./plane.ts";

const action = "draw clouds of embeddings";

/** How the embeddings are seen, beside size and names of the axes. */
export interface CloudOptions extends ScatterOptions {
  /**
   * `[2, size]`: two directions of length 1 at right angles, such as the components of
   * `pca`. A point is drawn where it lies along them. Embeddings of two numbers need
   * none.
   */
  plane?: EmbeddingsOrTensor;
  /** A title for each cloud; those of `title` by default. */
  titles?: readonly string[];
}

/**
 * Draws embeddings of the same images at several moments, such as steps of training,
 * in one plane and between the same ends of the axes: one figure for each moment,
 * ready for `slideshow`.
 *
 * @param moments `[n, size]` each; tensors stay the caller's.
 * @param labels `[n]`: a color for each class.
 * @returns As many figures as moments, with a trace for each class, by the order of
 * `indicesByClass`.
 * @throws {RangeError} If there is no moment, one is of another shape than the first,
 * the plane is not of two directions of that size, or the titles are not as many.
 *
 * @example A cloud that grows
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const cloud = (values: number[]) => ({
 *   values: Float32Array.from(values), count: 2, size: 2,
 * });
 * const figures = embeddingClouds([cloud([0, 0, 0, 0]), cloud([1, 0, 0, 1])], [7, 3]);
 * assert.deepEqual(figures[1]?.data.map(({ x }) => x), [[0], [1]]);
 * assert.deepEqual(figures[0]?.layout.xaxis, figures[1]?.layout.xaxis);
 * ```
 */
export function embeddingClouds(
  moments: readonly EmbeddingsOrTensor[],
  labels: ArrayLike<number>,
  options: CloudOptions = {},
): Figure[] {
  const { plane, titles, ...rest } = optionsOf(action, options);
  checkSome(action, "moments", moments);
  if (titles !== undefined) {
    checkLength(action, "titles", titles, moments.length);
  }
  const read = moments.map((moment) => readEmbeddings(moment, action));
  const { count, size } = read[0]!;
  for (const moment of read) {
    if (moment.count !== count || moment.size !== size) {
      const got = `[${moment.count}, ${moment.size}]`;
      refuse(action, `embeddings of shape [${count}, ${size}]`, got);
    }
  }
  const directions = plane && readPlane(action, plane, size);
  const clouds = read.map((moment) =>
    directions ? alongPlane(moment, directions) : moment
  );
  const [horizontal, vertical] = [0, 1].map((axis) => ends(clouds, axis));
  const figures = clouds.map((cloud, i) =>
    scatter2d(cloud, labels, { ...rest, ...(titles && { title: titles[i]! }) })
  );
  const room = roomOfLabel([horizontal!, vertical!], rest);
  return figures.map(({ data, layout }) => {
    const { xaxis, yaxis, annotations } = layout;
    return {
      data,
      layout: {
        ...layout,
        xaxis: { ...object(xaxis), range: horizontal, constrain: "domain" },
        yaxis: { ...object(yaxis), range: vertical, constrain: "domain" },
        annotations: apart(annotations as Label[], room),
      },
    };
  });
}

type Label = { x: number; y: number };

/** Moves labels of a small cloud as far apart as the axes of all clouds need it. */
function apart(labels: Label[], room: readonly [number, number]): Label[] {
  const places = spreadLabels(labels.map(({ x, y }) => [x, y]), room);
  return labels.map((label, i) => {
    const [x, y] = places[i]!;
    return { ...label, x: round(x), y: round(y) };
  });
}

/** What a label of about 20 by 22 pixels takes of the axes, which have one scale. */
function roomOfLabel(
  [horizontal, vertical]: [number[], number[]],
  { width = 640, height = 520 }: { width?: number; height?: number },
): readonly [number, number] {
  const scale = Math.max(
    (horizontal[1]! - horizontal[0]!) / Math.max(50, width - 150),
    (vertical[1]! - vertical[0]!) / Math.max(50, height - 110),
  );
  return [20 * scale, 22 * scale];
}

/** From the smallest to the largest of all moments, and a little more. */
function ends(clouds: readonly Embeddings[], axis: number): number[] {
  let least = Infinity, most = -Infinity;
  for (const { values } of clouds) {
    for (let at = axis; at < values.length; at += 2) {
      least = Math.min(least, values[at]!);
      most = Math.max(most, values[at]!);
    }
  }
  const room = 0.05 * (most - least) || 1;
  return [round(least - room), round(most + room)];
}
