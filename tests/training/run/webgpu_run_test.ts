/** A run on a GPU: its checkpoints go on elsewhere, and those of others there. */
import * as tf from "@tensorflow/tfjs";
import { join } from "node:path";
import {
  type BackendName,
  useBackend,
} from "../../../lib/backends/use_backend.ts";
import { createNN2 } from "../../../lib/nn2/model.ts";
import { createRandom } from "../../../lib/numeric/random.ts";
import { resumableSteps } from "../../../lib/training/run/resumable_steps.ts";
import { createRun } from "../../../lib/training/run/run.ts";
import { resolveSettings } from "../../../lib/training/settings/settings.ts";
import { copyWeights } from "../../../lib/training/weights/stored_weights.ts";
import {
  loadNetwork,
  saveWeights,
} from "../../../lib/training/weights/weights.ts";
import { assert, assertEquals } from "../../assert.ts";
import { onDeviceTest } from "../../backends/webgpu/device/on_device.ts";
import { inFolder } from "../../digits/folder.ts";
import { bitsOf } from "../bits.ts";
import { stripes } from "../digits.ts";
import { withoutSyncReads } from "../no_sync_reads.ts";
import { ownNetwork } from "../own_network.ts";

const dataset = stripes(44, 3, 1);
const settings = resolveSettings("quick", {
  ...{ classesPerBatch: 3, imagesPerClass: 3, embeddingSize: 6 },
  ...{ steps: 8, warmUpSteps: 2, learningRate: 2e-3 },
});

/** One loop of a run in a folder, from a network of other weights each time. */
async function loopOn(
  backend: BackendName,
  folder: string,
  last: number,
): Promise<{ losses: number[]; weights: Float32Array[] }> {
  await useBackend(backend);
  const model = ownNetwork();
  const losses: number[] = [];
  const loop = async () => {
    const steps = resumableSteps(model, dataset, settings, createRandom(1), {
      folder,
    });
    for await (const { step, loss } of steps) {
      losses.push(loss);
      if (step === last) break;
    }
  };
  if (backend === "webgpu") await withoutSyncReads(loop);
  else await loop();
  const weights = Object.values(await copyWeights(model));
  model.dispose();
  return { losses, weights: weights.map(({ data }) => data) };
}

const halves: [BackendName, BackendName][] = [
  ["webgpu", "wasm"],
  ["wasm", "webgpu"],
  ["webgpu", "webgpu"],
];
for (const [first, second] of halves) {
  onDeviceTest(
    `resumableSteps() begins on ${first}, goes on with ${second} and ends as on wasm alone`,
    () =>
      inFolder(async (folder) => {
        const whole = await loopOn("wasm", join(folder, "whole"), 8);
        const path = join(folder, "both");
        const before = await loopOn(first, path, 4);
        const after = await loopOn(second, path, 8);
        const losses = [...before.losses, ...after.losses];
        assertEquals(losses.length, 8);
        losses.forEach((loss, i) => {
          const expected = whole.losses[i]!;
          assert(
            Math.abs(loss - expected) <= 0.01 * expected,
            `step ${i + 1}: ${loss}, on wasm ${expected}`,
          );
        });
      }),
    ["read", "write"],
  );
}

onDeviceTest(
  "a run's state on webgpu is what another goes on from, to the last bit",
  async () => {
    await useBackend("webgpu");
    const given = { dataset, settings, random: createRandom(1) };
    const model = ownNetwork();
    const run = createRun({ model, ...given });
    await withoutSyncReads(async () => {
      await run.next();
      await run.next();
      const state = await run.state();
      const held = tf.memory().numTensors;
      assertEquals(bitsOf(await run.state()), bitsOf(state));
      assertEquals(tf.memory().numTensors, held);
      // Nothing that was read once is taken for what is there now.
      await run.next();
      const later = await run.state();
      for (const [name, { data }] of Object.entries(later.weights)) {
        const isTrained = name in later.adam.means;
        const moved = data.some((v, i) => v !== state.weights[name]!.data[i]);
        assert(moved || !isTrained || name.endsWith("bias"), name);
      }
      const twin = ownNetwork(9);
      const other = createRun({ model: twin, ...given, from: state });
      assertEquals(bitsOf(await other.state()), bitsOf(state));
      other.dispose();
      twin.dispose();
    });
    run.dispose();
    model.dispose();
  },
);

onDeviceTest(
  "saveWeights() and loadNetwork() keep the weights of webgpu",
  () =>
    inFolder(async (folder) => {
      await useBackend("webgpu");
      const path = join(folder, "weights.safetensors");
      const model = createNN2({ embeddingSize: 4, seed: 1 });
      await withoutSyncReads(async () => {
        await saveWeights(path, model, { ...settings, embeddingSize: 4 });
        const loaded = await loadNetwork(path);
        assertEquals(await copyWeights(loaded.model), await copyWeights(model));
        loaded.model.dispose();
      });
      model.dispose();
    }),
  ["read", "write"],
);
