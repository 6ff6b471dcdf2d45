import { drawPerClass, indicesByClass } from "../../digits/classes.ts";
import type { Dataset } from "../../digits/dataset.ts";
import type { Mnist } from "../../digits/mnist.ts";
import { divideForRun, type RunData, runSeeds } from "../../digits/run_data.ts";
import { selectImages } from "../../digits/select_images.ts";
import { createNN2 } from "../../nn2/model.ts";
import { createRandom } from "../../numeric/random.ts";
import { refuse } from "../../numeric/refuse.ts";
import type { StepReport } from "../../training/checkpoint/run_state.ts";
import { trainingSteps } from "../../training/run/steps.ts";
import { resolveSettings } from "../../training/settings/settings.ts";
import type { SeriesNetwork } from "./measure_network.ts";
import type { ExperimentSettings } from "./result.ts";

/**
 * Trains a network for an experiment: as `train` does with these settings and this
 * seed, without validation.
 *
 * @returns The network; the caller disposes its model.
 * @throws {RangeError} As `trainingSteps`.
 */
export async function trainNetwork(
  settings: ExperimentSettings,
  seed: number,
  mnist: Mnist,
  onStep: (step: StepReport, steps: number) => void = () => {},
): Promise<SeriesNetwork> {
  const { preset, trainingImages } = settings;
  const complete = resolveSettings(preset, {
    ...trainingOf(settings),
    seed,
    validateEvery: 0,
  });
  const seeds = runSeeds(seed);
  const data = divideForRun(mnist, seeds, complete.validationImages);
  const dataset = someOf(data, trainingImages, seeds.validation);
  const model = createNN2({ ...complete, seed: seeds.weights });
  try {
    const random = createRandom(seeds.batches);
    for await (const step of trainingSteps(model, dataset, complete, random)) {
      onStep(step, settings.steps);
    }
  } catch (error) {
    model.dispose();
    throw error;
  }
  return { model, data, seeds, settings, seed };
}

/** Those that training knows by the same names. */
function trainingOf(
  {
    preset: _preset,
    trainingImages: _trained,
    testImages: _tested,
    centroidImages: _centroids,
    far: _far,
    ...training
  }: ExperimentSettings,
) {
  return training;
}

/**
 * As many training images of each class, or all. With one seed a smaller number is a
 * part of a larger one.
 */
function someOf({ train }: RunData, count: number, seed: number): Dataset {
  if (count === train.count) return train;
  const classes = indicesByClass(train.labels).size;
  if (count > train.count || count % classes !== 0) {
    const expected =
      `all ${train.count} training images, or fewer and as many of each of ${classes} classes`;
    refuse("choose training images", expected, `${count}`);
  }
  const drawn = drawPerClass(train.labels, count / classes, createRandom(seed));
  return selectImages(train, drawn.toSorted());
}
