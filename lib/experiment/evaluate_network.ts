import type { Mnist } from "../digits/mnist.ts";
import { divideForRun, type RunData, runSeeds } from "../digits/run_data.ts";
import {
  type Baselines,
  evaluateBaselines,
} from "../evaluation/classification/baselines.ts";
import type { EmbedOptions } from "../evaluation/embeddings/embed_images.ts";
import { selectLabelled } from "../evaluation/embeddings/labelled.ts";
import {
  type ProjectorFiles,
  projectorFiles,
} from "../evaluation/projections/projector_files.ts";
import { networkEmbed } from "../nn2/embed.ts";
import { createNN2 } from "../nn2/model.ts";
import { checkValue } from "../numeric/domain.ts";
import { optionsOf } from "../numeric/options.ts";
import { createRandom } from "../numeric/random.ts";
import type { NetworkSettings } from "../training/settings/network_settings.ts";
import type { LoadedNetwork } from "../training/weights/weights.ts";
import type { EvaluationJson } from "./report/json.ts";
import { imageProgress, startClock } from "./report/progress.ts";
import type { Section } from "./report/section.ts";
import {
  checkSizes,
  drawMaterial,
  type Drawn,
  embedMaterial,
  fullSizes,
  type Material,
  type Sizes,
} from "./measured/material.ts";
import { knownData, knownMaterial } from "./measured/known.ts";
import {
  type ReportInput,
  reportSections,
} from "./sections/report_sections.ts";

/** Nothing is written to disk: reports and files come back as values. */
export interface EvaluationOptions {
  /** The digits, whose training images are divided as in the training. */
  data: Mnist;
  /** How many images are looked at; by default as many as the command takes. */
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
 * everything that is drawn is drawn by the seed of the network's training. Digits
 * that it was trained without have no centroids and no part in recognition: they
 * are the strangers.
 *
 * @param network As `loadNetwork` gives it; stays the caller's.
 * @throws {RangeError} If the images are too few for the sizes, or an embedding
 * is not finite.
 *
 * @example
 * ```ts ignore
 * const network = await loadNetwork("out/weights.safetensors");
 * const { json } = await evaluateNetwork(network, { data: await loadMnist() });
 * console.log(json.retrieval.mapAtR);
 * ```
 */
export async function evaluateNetwork(
  network: LoadedNetwork,
  options: EvaluationOptions,
): Promise<Evaluation> {
  const action = "evaluate a network";
  const { sizes = fullSizes, projector = false } = optionsOf(action, options);
  const { onProgress = () => {}, onSection } = options;
  checkSizes(action, sizes);
  checkValue(action, "projector", projector, { type: "boolean" });
  const settings: ReportInput["settings"] = network.settings;
  const { seed = 1, leaveOut = [] } = settings;
  const clock = startClock();
  const seeds = runSeeds(seed);
  const data = divideForRun(options.data, seeds, options.data.train.count);
  const random = createRandom(seeds.centroids);
  const known = knownData(data, leaveOut);
  const drawn = drawMaterial(known, data.test, sizes, random);

  const material = await embedMaterial(
    networkEmbed(network.model),
    { ...data, train: known.train },
    drawn,
    embedOptions(network.settings, imageProgress("embedded", onProgress)),
  );
  clock.lap("embedding");
  const baselines = await measureBaselines(
    { ...network.settings, seed: seeds.weights },
    known,
    drawn,
    imageProgress("baselines: embedded", onProgress),
  );
  clock.lap("baselines");

  const input = {
    ...{ material, baselines, data, sizes, settings, onProgress },
    known: { ...knownMaterial(material, leaveOut), images: known.test },
  };
  const sections: Section[] = [];
  for (const [name, makeSection] of Object.entries(reportSections)) {
    // Each has a stream of its own, so that none shifts another.
    const own = createRandom(random.integer(2 ** 31));
    const section = await makeSection(input, own);
    clock.lap(name);
    sections.push(section);
    onSection?.(section);
  }
  const json = Object.assign(
    {},
    ...sections.map(({ json }) => json),
    { seed, seconds: clock.seconds() },
  );
  return {
    sections,
    json,
    ...(projector && { projector: projectorOf(material) }),
  };
}

function embedOptions(
  { inputSize, binarize }: NetworkSettings,
  onProgress: NonNullable<EmbedOptions["onProgress"]>,
): EmbedOptions {
  const batchSize = inputSize === 28 ? 250 : 20;
  return { inputSize, binarize, batchSize, onProgress };
}

/** With the images that the trained network's centroids are made of. */
async function measureBaselines(
  settings: NetworkSettings & { seed: number },
  data: RunData,
  { centroids, ofKnown: sample }: Drawn,
  onProgress: NonNullable<EmbedOptions["onProgress"]>,
): Promise<Baselines> {
  const untrained = createNN2(settings);
  try {
    const how = embedOptions(settings, onProgress);
    const drawn = { centroids, sample };
    return await evaluateBaselines(networkEmbed(untrained), data, drawn, how);
  } finally {
    untrained.dispose();
  }
}

function projectorOf({ test, sample }: Material): ProjectorFiles {
  const { embeddings, labels } = selectLabelled(test, sample);
  return projectorFiles(embeddings, { digit: labels, image: sample });
}
