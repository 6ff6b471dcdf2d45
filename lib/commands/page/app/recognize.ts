import { findNeighbours } from "../../../evaluation/retrieval/neighbours.ts";
import type { Embeddings } from "../../../numeric/embeddings.ts";
import { squaredDistance } from "../../../triplets/distances/squared_distance.ts";
import type { StoredTensor } from "../../../files/safetensors.ts";
import { galleryNames, type PageFacts } from "../format/page_data.ts";

/** What drawings are compared with. */
export interface Gallery {
  /** `[n, 28, 28]`, bytes. */
  images: Uint8Array;
  /** Of each image. */
  labels: readonly number[];
  embeddings: Embeddings;
  /** Of the ten digits. */
  centroids: Embeddings;
  /** `[size]`. */
  mean: Float32Array;
  /** `[2, size]`. */
  axes: Embeddings;
}

/** What there is to say about an embedding. */
export interface PageAnswer {
  verdict: "accepted" | "not sure" | "none";
  /** The digit whose centroid is nearest. */
  digit: number;
  /** The squared distances to all centroids. */
  distances: number[];
  /** The nearest images, nearest first, with their squared distances. */
  neighbors: { index: number; distance: number }[];
  /** On the map. */
  place: [number, number];
}

/** How many neighbors are shown. */
const shown = 8;

/** Makes a gallery of a page's tensors. */
export function openGallery(
  { labels }: PageFacts,
  images: Uint8Array,
  floats: (name: string) => StoredTensor,
): Gallery {
  const rows = (name: string): Embeddings => {
    const { shape: [count, size], data } = floats(name);
    return { values: data, count: count!, size: size! };
  };
  return {
    images,
    labels,
    embeddings: rows(galleryNames.embeddings),
    centroids: rows(galleryNames.centroids),
    mean: floats(galleryNames.mean).data,
    axes: rows(galleryNames.axes),
  };
}

/** Compares an embedding with a gallery. */
export function recognize(
  point: Float32Array,
  gallery: Gallery,
  { accept, refuse }: Pick<PageFacts, "accept" | "refuse">,
): PageAnswer {
  const { centroids, embeddings } = gallery;
  const one = { values: point, count: 1, size: point.length };
  const distances = Array.from(
    { length: centroids.count },
    (_, i) => squaredDistance(one, 0, centroids, i),
  );
  const least = Math.min(...distances);
  const found = findNeighbours(one, { k: shown, gallery: embeddings });
  return {
    verdict: least <= accept
      ? "accepted"
      : least <= refuse
      ? "not sure"
      : "none",
    digit: distances.indexOf(least),
    distances,
    neighbors: Array.from(found.indices, (index, i) => ({
      index,
      distance: found.distances[i]!,
    })),
    place: onMap(point, gallery),
  };
}

/** The place of an embedding on the map. */
export function onMap(
  point: ArrayLike<number>,
  { mean, axes }: Pick<Gallery, "mean" | "axes">,
): [number, number] {
  const along = (axis: number) =>
    mean.reduce(
      (sum, middle, j) =>
        sum + (point[j]! - middle) * axes.values[axis * axes.size + j]!,
      0,
    );
  return [along(0), along(1)];
}

/** A distance in few characters; small ones keep a digit that says something. */
export function shortDistance(distance: number): string {
  if (distance < 1e-4) return "<0.0001";
  return distance < 0.01 ? distance.toPrecision(1) : distance.toFixed(2);
}

/** An answer as a sentence. */
export function sentence({ verdict, digit, distances }: PageAnswer): string {
  const short = shortDistance(distances[digit]!).replace("<", "below ");
  const distance = `squared distance ${short}`;
  return verdict === "accepted"
    ? `${digit}, at ${distance}.`
    : verdict === "not sure"
    ? `Perhaps ${digit}. Not sure, at ${distance}.`
    : `None of them. The nearest is ${digit}, at ${distance}.`;
}
