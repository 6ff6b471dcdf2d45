import type * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import { createNN2 } from "../../../lib/nn2/model.ts";
import { createEngine } from "../../../lib/training/create_engine.ts";
import { copyWeights } from "../../../lib/training/stored_weights.ts";
import { assert, assertEquals, assertRejects } from "../../assert.ts";
import { permittedTest } from "../../permitted.ts";
import { batch, how } from "./batch.ts";

/** Ways to freeze a part of NN2. */
const ways: Record<string, (model: tf.LayersModel) => void> = {
  "half of the layers": (model) => {
    for (const layer of model.layers.slice(0, 40)) layer.trainable = false;
  },
  "all layers but the last ones": (model) => {
    for (const layer of model.layers.slice(0, -2)) layer.trainable = false;
  },
  "the kernels of a layer": (model) => {
    model.layers[1]!.weights[0]!.trainable = false;
  },
};

/** What two steps change of a network, and Adam's state of it after one. */
async function train(freeze: (model: tf.LayersModel) => void, workers: number) {
  const model = createNN2({ embeddingSize: 8, seed: 1 });
  freeze(model);
  const before = copyWeights(model);
  const engine = await createEngine({ model, ...how }, workers);
  const { images, ...rest } = batch();
  await engine.step({ images, ...rest }, 1e-3);
  const { means } = await engine.adam();
  await engine.step({ images, ...rest }, 1e-3);
  engine.sync();
  engine.dispose();
  const after = copyWeights(model);
  const changed = Object.keys(before).filter((name) =>
    before[name]!.data.some((value, i) => value !== after[name]!.data[i])
  );
  const trained = model.trainableWeights.map((weight) => weight.originalName);
  images.dispose();
  model.dispose();
  return { means, changed: changed.sort(), trained: trained.sort() };
}

for (const [what, freeze] of Object.entries(ways)) {
  permittedTest(
    `two workers train what one does where ${what} are frozen`,
    ["read"],
    async () => {
      await useBackend("wasm");
      const [alone, team] = [await train(freeze, 1), await train(freeze, 2)];
      assertEquals(team.changed, alone.changed);
      assertEquals(Object.keys(team.means).sort(), alone.trained);
      let [distance, length] = [0, 0];
      for (const [name, { gradient }] of Object.entries(alone.means)) {
        gradient.forEach((value, i) => {
          distance += (team.means[name]!.gradient[i]! - value) ** 2;
          length += value ** 2;
        });
      }
      // As in team_engine_test.ts: what rounding does behind ReLUs.
      assert(Math.sqrt(distance / length) < 0.1);
    },
  );
}

permittedTest(
  "two workers refuse a network that is frozen whole, and layers that are frozen between steps",
  ["read"],
  async () => {
    await useBackend("wasm");
    const model = createNN2({ embeddingSize: 8, seed: 1 });
    model.trainable = false;
    await assertRejects(
      () => createEngine({ model, ...how }, 2),
      RangeError,
      "Cannot train on this batch: expected a model with weights to train, got one that is frozen",
    );
    model.trainable = true;
    const engine = await createEngine({ model, ...how }, 2);
    const given = batch();
    model.layers[1]!.trainable = false;
    await assertRejects(
      () => engine.step(given, 1e-3),
      RangeError,
      "expected the layers that were frozen when the optimizer was made, got conv1/kernel",
    );
    model.layers[1]!.trainable = true;
    assert(Number.isFinite((await engine.step(given, 1e-3)).loss));
    engine.dispose();
    given.images.dispose();
    model.dispose();
  },
);
