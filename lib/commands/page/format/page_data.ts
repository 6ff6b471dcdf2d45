import type { PackedEntry } from "./packed.ts";

/** What filters are rounded to in a page. */
export type PagePrecision = "float16" | "int8";

/** For the command's flag. */
export const pagePrecisions: readonly PagePrecision[] = ["int8", "float16"];

/** What a page knows besides its tensors. */
export interface PageFacts {
  /** The name of the weights. */
  name: string;
  precision: PagePrecision;
  embeddingSize: number;
  /** As those of the network without batch normalization, which is folded. */
  normalization: "none" | "lrn";
  /** Whether images are black and white. */
  binarize: boolean;
  /** What the packed bytes hold, in their order. */
  tensors: PackedEntry[];
  /** Of each reference. */
  labels: number[];
  /** Up to this squared distance the nearest class is accepted. */
  accept: number;
  /** From here on a drawing is none of them. */
  refuse: number;
  /** What was measured when the page was made: the share of test images read right. */
  accuracy: number;
  /** On how many test images. */
  tested: number;
  /** The share of the variance that the map shows. */
  shown: number;
}

/** The names of the tensors that are no weights. */
export const galleryNames = {
  /** `[n, 28, 28]`, bytes. */
  images: "gallery/images",
  /** `[n, size]`. */
  embeddings: "gallery/embeddings",
  /** `[10, size]`, of length 1. */
  centroids: "gallery/centroids",
  /** `[size]`, subtracted before the map's axes are taken. */
  mean: "map/mean",
  /** `[2, size]`. */
  axes: "map/axes",
} as const;
