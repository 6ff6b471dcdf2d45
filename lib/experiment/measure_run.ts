import type * as tf from "@tensorflow/tfjs";
import { leaveOutClasses } from "../digits/leave_out.ts";
import type { RunData, RunSeeds } from "../digits/run_data.ts";
import {
  type BaselineReports,
  evaluateWithBaselines,
} from "../evaluation/classification/baselines.ts";
import { evaluateCentroids } from "../evaluation/classification/evaluate_centroids.ts";
import { networkEmbed } from "../nn2/embed.ts";
import { createNN2 } from "../nn2/model.ts";
import { createRandom } from "../numeric/random.ts";
import type { Settings } from "../training/settings/schema.ts";
import type { TrainCallbacks } from "./train_callbacks.ts";

/** What a network was trained on, and how. */
export interface Trained {
  model: tf.LayersModel;
  settings: Settings;
  seeds: RunSeeds;
  data: RunData;
}

/** The accuracy on validation images, by nearest class centroid. */
export async function measureValidation(
  { model, data: { train, validation }, ...how }: Trained,
): Promise<number> {
  const sets = { train, test: validation };
  const embed = networkEmbed(model);
  return (await evaluateCentroids(embed, sets, centroidOptions(how))).accuracy;
}

/**
 * The accuracy on test images of the digits that were not left out, beside that of
 * fresh weights and of raw pixels.
 */
export async function measureWithBaselines(
  { model, data: { train, test }, ...how }: Trained,
  onProgress: TrainCallbacks["evaluation"],
): Promise<BaselineReports> {
  const untrained = createNN2({ ...how.settings, seed: how.seeds.weights });
  try {
    return await evaluateWithBaselines(
      { trained: networkEmbed(model), untrained: networkEmbed(untrained) },
      { train, test: leaveOutClasses(test, how.settings.leaveOut ?? []) },
      {
        ...centroidOptions(how),
        untrainedImages: 2000,
        ...(onProgress && { onProgress }),
      },
    );
  } finally {
    untrained.dispose();
  }
}

function centroidOptions(
  { settings, seeds }: Pick<Trained, "settings" | "seeds">,
) {
  const { inputSize, binarize } = settings;
  return {
    inputSize,
    binarize,
    batchSize: inputSize === 28 ? 250 : 20,
    random: createRandom(seeds.centroids),
  };
}
