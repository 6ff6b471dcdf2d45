/** A short run of training, for PyTorch and here. */
import type { Mnist } from "../../../lib/digits/mnist.ts";
import { divideForRun, runSeeds } from "../../../lib/digits/run_data.ts";
import { exportTorchrun } from "../../../lib/export/pytorch/export_torchrun.ts";
import { projectPath } from "../../../lib/files/paths.ts";
import { createRandom } from "../../../lib/numeric/random.ts";
import { trainingSteps } from "../../../lib/training/run/steps.ts";
import type { Settings } from "../../../lib/training/settings/schema.ts";
import { loadNetwork } from "../../../lib/training/weights/weights.ts";

/** The folder with MNIST's files. */
export const data = projectPath("data");

/**
 * Writes a run of a few steps from the 128-d network. It has learned, and no negative is as near as
 * a positive: where some are, a rounding may choose another negative, and the runs
 * part. The margin is so wide that batches still cost something.
 */
export async function writeRun(folder: string, mnist: Mnist): Promise<void> {
  const network = await loadNetwork(projectPath("data/nn2-128d.safetensors"));
  const files = await exportTorchrun(network, mnist.train, {
    settings: {
      steps: 5,
      warmUpSteps: 2,
      classesPerBatch: 4,
      imagesPerClass: 3,
      margin: 1,
    },
  });
  network.model.dispose();
  await Deno.writeFile(`${folder}/nn2.safetensors`, files.weights);
  await Deno.writeFile(`${folder}/batches.idx`, files.batches);
  await Deno.writeTextFile(`${folder}/nn2.py`, files.program);
  await Deno.writeTextFile(`${folder}/mnist.py`, files.preparation);
  await Deno.writeTextFile(`${folder}/train.py`, files.training);
}

/** The losses of the same run here, and its network. */
export async function trainHere(folder: string, mnist: Mnist) {
  const network = await loadNetwork(`${folder}/nn2.safetensors`);
  const settings = network.settings as Settings;
  const seeds = runSeeds(settings.seed);
  const { train, test } = divideForRun(mnist, seeds, 1, settings.leaveOut);
  const random = createRandom(seeds.batches);
  const losses: number[] = [];
  for await (
    const { loss } of trainingSteps(network.model, train, settings, random)
  ) losses.push(loss);
  return { losses, network, settings, test };
}

/** The losses that train.py printed. */
export const lossesIn = (text: string) =>
  [...text.matchAll(/^step \d of 5 {2}loss (.*)$/gm)]
    .map(([, loss]) => Number(loss));

/** How far two lists of numbers are apart at most. */
export function gap(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  let most = 0;
  for (let i = 0; i < a.length; i++) {
    most = Math.max(most, Math.abs(a[i]! - b[i]!));
  }
  return most;
}
