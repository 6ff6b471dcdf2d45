import { join } from "node:path";
import { summarize } from "../../lib/commands/train/summary.ts";
import type { Dataset } from "../../lib/digits/dataset.ts";
import { leaveOutClasses } from "../../lib/digits/leave_out.ts";
import { train } from "../../lib/experiment/train.ts";
import type { TrainOptions } from "../../lib/experiment/train_options.ts";
import {
  presets,
  resolveSettings,
} from "../../lib/training/settings/settings.ts";
import {
  loadNetwork,
  saveWeights,
} from "../../lib/training/weights/weights.ts";
import { assert, assertEquals, assertRejects } from "../assert.ts";
import { inFolder } from "../digits/folder.ts";
import { permittedTest } from "../permitted.ts";
import { stripes } from "../training/digits.ts";

const digits = { train: stripes(560, 4, 1), test: stripes(40, 4, 2) };
const small = {
  ...{ classesPerBatch: 2, imagesPerClass: 3, embeddingSize: 4 },
  ...{ steps: 3, validateEvery: 2, validationImages: 12 },
};

/** The same with other pixels in all images of two digits. */
function spoiled({ images, ...dataset }: Dataset): Dataset {
  const size = dataset.height * dataset.width;
  const isSpoiled = (pixel: number) =>
    dataset.labels[Math.floor(pixel / size)]! >= 2;
  return {
    ...dataset,
    images: images.map((value, pixel) =>
      isSpoiled(pixel) ? 255 - value : value
    ),
  };
}

async function measured(options: TrainOptions) {
  const { model, steps, validations, reports, ...rest } = await train(options);
  model.dispose();
  return {
    losses: steps.map(({ loss }) => loss),
    accuracies: validations.map(({ accuracy }) => accuracy),
    reports,
    ...rest,
  };
}

Deno.test("train() is never shown a digit that is left out", async () => {
  const settings = { ...small, leaveOut: [3, 2] };
  const expected = await measured({ data: digits, settings });
  const { reports, losses, accuracies } = expected;
  assertEquals(expected.settings.leaveOut, [2, 3]);
  // Test images of digits that have no centroid are not among the measured ones.
  assertEquals(reports.trained.testImages, 20);
  assertEquals(reports.rawPixels.accuracy, 1);
  const data = { train: spoiled(digits.train), test: spoiled(digits.test) };
  const others = await measured({ data, settings });
  assertEquals(others.losses, losses);
  assertEquals(others.accuracies, accuracies);
  assertEquals(others.reports, reports);
  // Which is no wonder if nothing ever shows: with all digits it does.
  const all = await measured({ data: digits, settings: small });
  const spoiledAll = await measured({ data, settings: small });
  assert(all.losses.join() !== spoiledAll.losses.join());
  assertEquals(all.reports.trained.testImages, 40);
});

Deno.test("train() counts epochs by the images that are left", async () => {
  // 560 − 46 for validation, of which half are left: 257, in batches of 6.
  const { train: images } = digits;
  assertEquals(leaveOutClasses(images, [2, 3]).count, 280);
  let last = 0;
  const { model } = await train({
    data: digits,
    settings: {
      ...small,
      ...{ epochs: 0.05, steps: undefined, leaveOut: [2, 3], validateEvery: 0 },
    },
    on: { step: ({ step }) => void (last = step) },
  });
  model.dispose();
  assertEquals(last, Math.ceil(0.05 * 257 / 6));
});

Deno.test("train() refuses to leave out more digits than a batch needs", async () => {
  await assertRejects(
    () => train({ data: digits, settings: { ...small, leaveOut: [0, 1, 3] } }),
    RangeError,
    "expected classesPerBatch of at most 1, the classes there are, got 2",
  );
});

Deno.test("resolveSettings() gives a batch the digits that are left, unless told", () => {
  const classes = (changes: object) =>
    resolveSettings("quick", changes).classesPerBatch;
  assertEquals(classes({}), 10);
  assertEquals(classes({ leaveOut: [] }), 10);
  assertEquals(classes({ leaveOut: [7, 8, 9] }), 7);
  assertEquals(classes({ leaveOut: [7, 8, 9], classesPerBatch: 5 }), 5);
  assertEquals(classes({ leaveOut: [7], classesPerBatch: 10 }), 10);
  const { classesPerBatch } = resolveSettings("seed", { leaveOut: [7] });
  assertEquals(classesPerBatch, presets.seed.classesPerBatch);
});

Deno.test("the JSON of a run says which digits were left out", async () => {
  for (const leaveOut of [[2, 3], []]) {
    const result = await train({
      data: digits,
      settings: { ...small, steps: 1, leaveOut },
    });
    result.model.dispose();
    const { settings, testImages } = JSON.parse(
      JSON.stringify(summarize(result, "w")),
    );
    assertEquals(settings.leaveOut, leaveOut);
    assertEquals(testImages, leaveOut.length > 0 ? 20 : 40);
  }
});

permittedTest("train() goes on without the same digits alone", [
  "read",
  "write",
], () =>
  inFolder(async (folder) => {
    const enough = new Error("enough");
    const until = (step: number, options: TrainOptions) => {
      const stop = new AbortController();
      return assertRejects(
        () =>
          train({
            ...options,
            data: digits,
            checkpoints: folder,
            signal: stop.signal,
            on: {
              step: (each) => each.step === step && stop.abort(enough),
            } as TrainOptions["on"],
          }),
        Error,
      );
    };
    await until(1, { settings: { ...small, leaveOut: [2, 3] } });
    const refused = async (leaveOut: number[]) => {
      const { message } = await until(0, {
        resume: true,
        settings: { leaveOut },
      });
      return message;
    };
    for (const [list, text] of [[[1, 2], "[1,2]"], [[], "[]"]] as const) {
      const message = await refused([...list]);
      assert(
        message.endsWith(
          `with other settings than the run began with: expected leaveOut [2,3], got leaveOut ${text}`,
        ),
        message,
      );
    }
    const same = { resume: true, settings: { leaveOut: [3, 2] } };
    assertEquals((await until(2, same)).message, "enough");
  }));

permittedTest("a file of weights says which digits were left out", [
  "read",
  "write",
], () =>
  inFolder(async (folder) => {
    const path = join(folder, "weights.safetensors");
    const settings = { ...small, steps: 1, leaveOut: [2, 3] };
    const { model, ...trained } = await train({ data: digits, settings });
    await saveWeights(path, model, trained.settings);
    const loaded = await loadNetwork(path);
    assertEquals(
      (loaded.settings as { leaveOut?: number[] }).leaveOut,
      [2, 3],
    );
    const { leaveOut: _, ...former } = trained.settings;
    await saveWeights(path, model, former);
    const old = await loadNetwork(path);
    assert(!("leaveOut" in old.settings));
    for (const { model } of [loaded, old]) model.dispose();
    model.dispose();
  }));
