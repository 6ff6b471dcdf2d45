import { centroidSection } from "../../../lib/experiment/sections/centroid_section.ts";
import { clusteringSection } from "../../../lib/experiment/sections/clustering_section.ts";
import { neighbourSection } from "../../../lib/experiment/sections/neighbour_section.ts";
import { projectionSection } from "../../../lib/experiment/sections/projection_section.ts";
import { retrievalSection } from "../../../lib/experiment/sections/retrieval_section.ts";
import type { Section } from "../../../lib/experiment/report/section.ts";
import { strangerSection } from "../../../lib/experiment/sections/stranger_section.ts";
import { verificationSection } from "../../../lib/experiment/sections/verification_section.ts";
import { createRandom } from "../../../lib/numeric/random.ts";
import type { Baselines } from "../../../lib/evaluation/classification/baselines.ts";
import { blankImages } from "../measured/made_up.ts";
import type { Material } from "../../../lib/experiment/measured/material.ts";

const baselines = {
  untrained: { accuracy: 0.5, testImages: 20 },
  rawPixels: { accuracy: 0.75, testImages: 120 },
} as Baselines;

/** Every section of the report, by its key in it. */
export const sections: Record<
  string,
  (material: Material, seed: number) => Section | Promise<Section>
> = {
  centroidAccuracy: (material, seed) =>
    centroidSection(material, {
      imagesPerClass: 8,
      images: blankImages(material),
      baselines,
      random: createRandom(seed),
    }),
  neighbours: neighbourSection,
  verification: (material, seed) =>
    verificationSection(material, { margin: 0.2, random: createRandom(seed) }),
  retrieval: retrievalSection,
  clustering: (material, seed) =>
    clusteringSection(material, createRandom(seed)),
  strangers: (material) =>
    strangerSection(material, {
      unseen: false,
      known: [0, 2, 4],
      calibratedOn: [1],
      testedOn: [3],
    }),
  projections: (material, seed) =>
    projectionSection(material, { images: 40, random: createRandom(seed) }),
};
