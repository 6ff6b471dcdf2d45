import type { Dataset } from "../../digits/dataset.ts";
import type { RunData } from "../../digits/run_data.ts";
import type { Baselines } from "../../evaluation/classification/baselines.ts";
import type { Random } from "../../numeric/random.ts";
import type { Settings } from "../../training/settings/schema.ts";
import type { Section } from "../report/section.ts";
import { centroidSection } from "./centroid_section.ts";
import { clusteringSection } from "./clustering_section.ts";
import type { Material, Sizes } from "../measured/material.ts";
import { neighbourSection } from "./neighbour_section.ts";
import { projectionSection } from "./projection_section.ts";
import { retrievalSection } from "./retrieval_section.ts";
import { giveRoles } from "../measured/roles.ts";
import { strangerSection } from "./stranger_section.ts";
import { verificationSection } from "./verification_section.ts";

/** What the sections of a report are made of. */
export interface ReportInput {
  material: Material;
  /** Of the digits that were not left out of training, with their test images. */
  known: Pick<Material, "gallery" | "validation" | "test"> & {
    images: Dataset;
  };
  baselines: Baselines;
  data: RunData;
  sizes: Sizes;
  /** Those of the network's training, as far as they are known. */
  settings: Partial<Settings>;
  /** Told in words how far a section is. */
  onProgress: (text: string) => void;
}

/** Measures and describes; what it draws, it draws from the stream. */
type MakeSection = (
  input: ReportInput,
  random: Random,
) => Section | Promise<Section>;

/** The sections of a report in their order, by the names of their seconds. */
export const reportSections: Record<string, MakeSection> = {
  centroids: ({ known, baselines, sizes }, random) =>
    centroidSection(known, {
      imagesPerClass: sizes.imagesPerClass,
      images: known.images,
      baselines,
      random,
    }),
  neighbours: ({ known }) => neighbourSection(known),
  verification: ({ material, settings }, random) =>
    verificationSection(material, { margin: settings.margin, random }),
  retrieval: ({ material }) => retrievalSection(material),
  clustering: ({ material }, random) => clusteringSection(material, random),
  strangers: ({ material, data, settings }, random) => {
    const classes = [...new Set(data.test.labels)].toSorted();
    // Digits that there are no images of can be no strangers.
    const leftOut = settings.leaveOut?.filter((each) => classes.includes(each));
    return strangerSection(material, giveRoles(classes, leftOut ?? [], random));
  },
  projections: ({ material, sizes, onProgress }, random) =>
    projectionSection(material, {
      images: sizes.projected,
      random,
      onProgress,
    }),
};
