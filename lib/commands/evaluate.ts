import { useBackend } from "../backends/use_backend.ts";
import { loadMnist } from "../digits/mnist.ts";
import { evaluateWithBaselines } from "../evaluation/baselines.ts";
import { networkEmbed } from "../nn2/embed.ts";
import { createNN2 } from "../nn2/model.ts";
import { createRandom } from "../random.ts";
import { divideForRun, runSeeds } from "../training/data.ts";
import type { Settings } from "../training/settings.ts";
import { loadNetwork } from "../training/weights.ts";
import { checkFile, explaining } from "./checks.ts";
import { runCommand } from "./command.ts";
import { FlagError } from "./option.ts";
import { accuracyLines, createPace, percent, writeJson } from "./report.ts";

const spec = {
  name: "deno task evaluate",
  description:
    "Evaluates saved weights on MNIST's 10,000 test images by nearest class centroid, next to an untrained network and raw pixels.",
  options: {
    weights: {
      type: "path",
      description: "the safetensors file that deno task train wrote",
    },
    json: { type: "path", description: "a file for the report" },
  },
} as const;

if (import.meta.main) {
  await runCommand(spec, async ({ weights, json }) => {
    if (weights === undefined) {
      throw new FlagError("Cannot evaluate: expected --weights, got none");
    }
    if (json !== undefined) await checkFile(json);
    const { reports, seed } = await explaining(() => evaluate(weights));
    console.log(accuracyLines(reports));
    const { classes, confusion } = reports.trained;
    for (const [i, label] of classes.entries()) {
      const row = confusion[i]!;
      const total = row.reduce((sum, count) => sum + count);
      console.log(`  digit ${label}  ${percent(row[i]! / total)} of ${total}`);
    }
    if (json !== undefined) {
      await writeJson(json, {
        centroidAccuracy: reports.trained.accuracy,
        baselines: {
          untrained: reports.untrained.accuracy,
          rawPixels: reports.rawPixels.accuracy,
        },
        testImages: reports.trained.testImages,
        imagesPerClass: reports.trained.imagesPerClass,
        classes: [...classes],
        confusion,
        seed,
        weights,
      });
    }
    return 0;
  });
}

/** The weights' own split of the training images gives the centroids. */
async function evaluate(weights: string) {
  await useBackend("wasm");
  const { model, settings } = await loadNetwork(weights);
  const { seed = 1 } = settings as Partial<Settings>;
  const seeds = runSeeds(seed);
  const untrained = createNN2({ ...settings, seed: seeds.weights });
  const due = createPace(5);
  const reports = await evaluateWithBaselines(
    { trained: networkEmbed(model), untrained: networkEmbed(untrained) },
    divideForRun(await loadMnist(), seeds, 1),
    {
      inputSize: settings.inputSize,
      binarize: settings.binarize,
      batchSize: settings.inputSize === 28 ? 250 : 20,
      random: createRandom(seeds.centroids),
      onProgress(done, total) {
        if (due()) console.log(`evaluated ${done} of ${total} images`);
      },
    },
  );
  return { reports, seed };
}
