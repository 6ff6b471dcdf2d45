import * as tf from "@tensorflow/tfjs";
import { divideForRun, runSeeds } from "../../../lib/digits/run_data.ts";
import { createBalancedSampler } from "../../../lib/digits/sampler.ts";
import { exportTorchrun } from "../../../lib/export/pytorch/export_torchrun.ts";
import { runBatches } from "../../../lib/export/pytorch/run_batches.ts";
import { runSettings } from "../../../lib/export/pytorch/run_settings.ts";
import { decodeSafetensors } from "../../../lib/files/safetensors.ts";
import { createRandom } from "../../../lib/numeric/random.ts";
import { presets } from "../../../lib/training/settings/settings.ts";
import { assertEquals, assertRejects, assertThrows } from "../../assert.ts";
import { randomNetwork } from "../networks.ts";

/** Images that tell their place, of 4 classes in turn. */
const count = 480;
const digits = {
  images: new Uint8Array(count * 2).map((_, i) => (i % 2 ? i >> 9 : i >> 1)),
  labels: Uint8Array.from({ length: count }, (_, i) => i % 4),
  count,
  height: 1,
  width: 2,
};

Deno.test("runBatches() draws the images that a run is trained on", () => {
  const settings = {
    seed: 5,
    classesPerBatch: 2,
    imagesPerClass: 7,
    leaveOut: [3],
  };
  const seeds = runSeeds(settings.seed);
  const mnist = { train: digits, test: digits };
  const { train } = divideForRun(mnist, seeds, 1, settings.leaveOut);
  const sampler = createBalancedSampler({
    ...settings,
    labels: train.labels,
    random: createRandom(seeds.batches),
  });
  const batches = runBatches(digits.labels, settings);
  assertEquals(batches.count, train.count);
  // Each class begins anew many times.
  for (let i = 0; i < 60; i++) {
    const theirs = [...sampler.next().indices]
      .map((j) => train.images[2 * j]! + 256 * train.images[2 * j + 1]!);
    assertEquals(batches.next(), theirs);
  }
});

Deno.test("runSettings() refuses what a run elsewhere cannot have", () => {
  const refused = [
    [{ miner: "batch-all" }, "expected miner to be one of semi-hard"],
    [{ seconds: 9 }, "expected a budget of steps or epochs, got 9 seconds"],
    [{ embeddingSize: 4 }, "expected embeddingSize 128, the network's, got 4"],
    [{ margin: 9 }, "expected margin to be a number from 0 to 4, got 9"],
  ] as const;
  for (const [changes, message] of refused) {
    assertThrows(
      () => runSettings(presets.full, { ...changes }),
      RangeError,
      message,
    );
  }
  // A network of another miner can go on by this one.
  const own = presets.seed;
  assertThrows(() => runSettings(own, {}), RangeError, 'got "explicit"');
  assertEquals(runSettings(own, { miner: "semi-hard" }).miner, "semi-hard");
});

Deno.test("exportTorchrun() writes the settings of the run, complete", async () => {
  await tf.setBackend("cpu");
  // Those of a network that says nothing of its training: the preset quick's.
  const network = randomNetwork("none");
  const { weights, batches } = await exportTorchrun(network, digits, {
    settings: { epochs: 1, classesPerBatch: 4, imagesPerClass: 5 },
  });
  const { metadata } = decodeSafetensors(weights);
  const { embeddingSize, ...settings } = JSON.parse(metadata.settings!);
  const steps = 440 / 20;
  assertEquals(embeddingSize, 8);
  assertEquals(settings, {
    ...settings,
    ...{ steps, classesPerBatch: 4, imagesPerClass: 5, augmentation: "none" },
    ...{
      learningRate: presets.quick.learningRate,
      epsilon: 1e-8,
      beta2: 0.999,
    },
  });
  assertEquals("epochs" in settings, false);
  assertEquals([...batches.subarray(0, 12)], [
    ...[0, 0, 12, 2, 0, 0, 0, steps, 0, 0, 0, 20],
  ]);
  await assertRejects(
    () => exportTorchrun(network, digits, { settings: { classesPerBatch: 5 } }),
    RangeError,
    "expected classesPerBatch of at most 4, the classes there are, got 5",
  );
  network.model.dispose();
});
