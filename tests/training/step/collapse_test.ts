import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import { createRandom } from "../../../lib/numeric/random.ts";
import {
  embeddingSpread,
  explainCollapse,
} from "../../../lib/training/step/collapse.ts";
import { createRun } from "../../../lib/training/run/run.ts";
import type { Settings } from "../../../lib/training/settings/schema.ts";
import { presets, settle } from "../../../lib/training/settings/settings.ts";
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertRejects,
} from "../../assert.ts";
import { fit } from "../../../lib/experiment/fit.ts";
import { stripes } from "../digits.ts";
import { smallNetwork } from "../small_network.ts";

for (const backend of ["cpu", "wasm"] as const) {
  Deno.test(`embeddingSpread() is the mean over all pairs on ${backend}`, async () => {
    await useBackend(backend);
    const random = createRandom(1);
    const rows = Array.from(
      { length: 7 },
      () => Array.from({ length: 3 }, () => random.normal()),
    );
    let [sum, pairs] = [0, 0];
    rows.forEach((a, i) =>
      rows.slice(i + 1).forEach((b) => {
        sum += a.reduce((sum, x, k) => sum + (x - b[k]!) ** 2, 0);
        pairs++;
      })
    );
    const spread = embeddingSpread(tf.tensor2d(rows));
    assertAlmostEquals(spread.dataSync()[0]!, sum / pairs, 1e-5);
  });
}

Deno.test("embeddingSpread() tells the smallest spread from none", async () => {
  await useBackend("wasm");
  const apart = tf.tensor2d([[1, 0], [1, 1e-4], [1, 0], [1, 1e-4]]);
  assertAlmostEquals(
    embeddingSpread(apart).dataSync()[0]!,
    4 * 1e-8 / 6,
    1e-10,
  );
  assertEquals(embeddingSpread(tf.ones([1, 2])).dataSync()[0], 0);
});

/** A run of a network that embeds every image alike from some step on. */
async function runCollapsing(steps: number, from: number) {
  await useBackend("cpu");
  const model = smallNetwork();
  const settings = settle("quick", {
    classesPerBatch: 2,
    imagesPerClass: 3,
    normalization: "none",
    miner: "batch-hard",
    validateEvery: 0,
    steps,
  });
  const run = createRun({
    model,
    dataset: stripes(22, 2, 1),
    settings,
    random: createRandom(1),
  });
  // Without its kernel the last layer gives its bias, whatever the image.
  const [kernel, bias] = model.getLayer("embedding").weights;
  const next = async () => {
    if (run.steps.length >= from) {
      kernel!.write(tf.zeros(kernel!.shape as number[]));
      bias!.write(tf.ones(bias!.shape as number[]));
    }
    return await run.next();
  };
  const nothing = async () => {};
  const kept = {
    ...run,
    next,
    validations: [],
    writeIfDue: nothing,
    write: nothing,
  };
  return { run: kept, settings };
}

Deno.test("a run notices that its embedding has collapsed, and says so once", async () => {
  const { run, settings } = await runCollapsing(30, 4);
  const warnings: string[] = [];
  await fit(run, settings, () => Promise.resolve(0), {
    on: { warning: (message) => void warnings.push(message) },
  });
  const collapsed = run.steps.filter(({ collapsed }) => collapsed);
  assertEquals(collapsed.map(({ step }) => step), [24, 25, 26, 27, 28, 29, 30]);
  assert(run.steps[3]!.spread > 0.01, `${run.steps[3]!.spread}`);
  assert(run.steps[4]!.spread < 1e-12, `${run.steps[4]!.spread}`);
  assertAlmostEquals(run.steps[4]!.loss, 0.2, 1e-6);
  assertEquals(warnings.length, 1);
  assert(
    warnings[0]!.startsWith(
      "The embedding has collapsed: at step 24 the mean squared distance of two images is ",
    ),
    warnings[0],
  );
  run.dispose();
});

Deno.test("a run ends where its embedding collapses, if that is asked", async () => {
  const { run, settings } = await runCollapsing(30, 0);
  await assertRejects(
    () =>
      fit(run, settings, () => Promise.resolve(0), {
        on: {},
        stopOnCollapse: true,
      }),
    RangeError,
    "The embedding has collapsed: at step 20",
  );
  run.dispose();
});

Deno.test("explainCollapse() names the cures that are left", () => {
  const cures = (changes: Partial<Settings>) =>
    explainCollapse({ ...presets.quick, ...changes }, { step: 9, spread: 1e-7 })
      .split("Begin anew with ")[1];
  assertEquals(
    cures({}),
    "a lower learning rate (now 0.0015) or more images in a batch",
  );
  assertEquals(
    cures({ normalization: "none", miner: "batch-hard", learningRate: 0.01 }),
    "a lower learning rate (now 0.01), batch normalization, semi-hard instead of batch-hard mining or more images in a batch",
  );
});
