import type { Mnist } from "../digits/mnist.ts";
import {
  type ProjectorFiles,
  projectorFiles,
} from "../evaluation/projections/projector_files.ts";
import { networkEmbed } from "../nn2/embed.ts";
import { createNN2 } from "../nn2/model.ts";
import { createRandom, type Random } from "../numeric/random.ts";
import { divideForRun, runSeeds } from "../digits/run_data.ts";
import type { Settings } from "../training/settings/schema.ts";
import type { LoadedNetwork } from "../training/weights/weights.ts";
import { measureBaselines } from "./sections/baselines.ts";
import { centroidSection } from "./sections/centroid_section.ts";
import { clusteringSection } from "./sections/clustering_section.ts";
import type { EvaluationJson } from "./report/json.ts";
import {
  disposeMaterial,
  drawMaterial,
  embedMaterial,
  fullSizes,
  type Sizes,
  withRows,
} from "./sections/material.ts";
import { neighbourSection } from "./sections/neighbour_section.ts";
import { imageProgress, startClock } from "./report/progress.ts";
import { projectionSection } from "./sections/projection_section.ts";
import { retrievalSection } from "./sections/retrieval_section.ts";
import { giveRoles } from "./sections/roles.ts";
import type { Section } from "./report/section.ts";
import { strangerSection } from "./sections/stranger_section.ts";
import { verificationSection } from "./sections/verification_section.ts";

/** How {@linkcode evaluateNetwork} evaluates. */
export interface EvaluationOptions {
  /** The digits, whose training images are divided as in the training. */
  data: Mnist;
  /** How many images are looked at; {@linkcode fullSizes} by default. */
  sizes?: Sizes;
  /** Whether to make the files of TensorBoard's projector; not by default. */
  projector?: boolean;
  /** Told in words how far it is. */
  onProgress?: (text: string) => void;
  /** Told each section as soon as it is measured. */
  onSection?: (section: Section) => void;
}

/** All there is to say about a network. */
export interface Evaluation {
  sections: Section[];
  json: Omit<EvaluationJson, "weights">;
  /** Of the sampled test images, where asked for. */
  projector?: ProjectorFiles;
}

/**
 * Measures a network by every measure there is. All images are embedded once;
 * everything that is drawn is drawn by the seed of the network's training.
 *
 * @param network As `loadNetwork` gives it; stays the caller's.
 * @throws {RangeError} If the images are too few for the sizes, or an embedding
 * is not finite.
 */
export async function evaluateNetwork(
  { model, settings }: LoadedNetwork,
  options: EvaluationOptions,
): Promise<Evaluation> {
  const { data: digits, sizes = fullSizes, projector = false } = options;
  const { onProgress = () => {}, onSection = () => {} } = options;
  const { seed = 1, margin, leaveOut = [] } = settings as
    & Partial<Settings>
    & { leaveOut?: number[] };
  const clock = startClock();
  const seeds = runSeeds(seed);
  const data = divideForRun(digits, seeds, digits.train.count);
  const random = createRandom(seeds.centroids);
  const drawn = drawMaterial(data, sizes, random);
  const { inputSize, binarize } = settings;
  const embedding = (doing: string) => ({
    inputSize,
    binarize,
    batchSize: inputSize === 28 ? 250 : 20,
    onProgress: imageProgress(doing, onProgress),
  });

  const embedAll = async () => {
    const material = await embedMaterial(
      networkEmbed(model),
      data,
      drawn,
      embedding("embedded"),
    );
    clock.lap("embedding");
    const untrained = createNN2({ ...settings, seed: seeds.weights });
    try {
      const baselines = await measureBaselines(
        networkEmbed(untrained),
        data,
        drawn,
        embedding("untrained network: embedded"),
      );
      clock.lap("baselines");
      return { material, baselines };
    } catch (error) {
      disposeMaterial(material);
      throw error;
    } finally {
      untrained.dispose();
    }
  };
  const { material, baselines } = await embedAll();

  try {
    const files = projector
      ? withRows(
        material.test,
        drawn.sample,
        ({ embeddings, labels }) =>
          projectorFiles(embeddings, { digit: labels, image: drawn.sample }),
      )
      : undefined;
    const sections: Section[] = [];
    // Each part has a stream of its own, so that no part shifts another.
    const part = async (
      name: string,
      measure: (random: Random) => Section | Promise<Section>,
    ) => {
      const section = await measure(createRandom(random.integer(2 ** 31)));
      clock.lap(name);
      sections.push(section);
      onSection(section);
    };
    await part("centroids", (random) =>
      centroidSection(material, {
        imagesPerClass: sizes.imagesPerClass,
        images: data.test,
        baselines,
        random,
      }));
    await part("neighbours", () => neighbourSection(material));
    await part(
      "verification",
      (random) => verificationSection(material, { margin, random }),
    );
    await part("retrieval", () => retrievalSection(material));
    await part("clustering", (random) => clusteringSection(material, random));
    await part("strangers", (random) => {
      const classes = [...new Set(data.test.labels)].toSorted();
      return strangerSection(material, giveRoles(classes, leaveOut, random));
    });
    await part("projections", (random) =>
      projectionSection(material, {
        images: sizes.projected,
        random,
        onProgress,
      }));
    return {
      sections,
      json: jsonOf(sections, { seed, seconds: clock.seconds() }),
      ...(files && { projector: files }),
    };
  } finally {
    disposeMaterial(material);
  }
}

function jsonOf(
  sections: Section[],
  rest: Pick<EvaluationJson, "seed" | "seconds">,
): Evaluation["json"] {
  const parts: Partial<EvaluationJson> = Object.assign(
    {},
    ...sections.map(({ json }) => json),
    rest,
  );
  return parts as Evaluation["json"];
}
