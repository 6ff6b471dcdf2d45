import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import { createEngine } from "../../../lib/training/create_engine.ts";
import { copyWeights } from "../../../lib/training/stored_weights.ts";
import { createTeamEngine } from "../../../lib/training/team/team_engine.ts";
import { assert, assertEquals, assertRejects } from "../../assert.ts";
import { permittedTest } from "../../permitted.ts";
import { smallNetwork } from "../small_network.ts";
import { batch, how } from "./batch.ts";

permittedTest("a team refuses what it cannot divide or train on", [
  "read",
], async () => {
  await useBackend("wasm");
  const model = smallNetwork({ statistics: false });
  const engine = await createEngine({ model, ...how }, 3);
  const two = tf.zeros<tf.Rank.R4>([2, 28, 28, 1]);
  await assertRejects(
    () => engine.step({ images: two, labels: [0, 1], seed: 1 }, 1e-3),
    RangeError,
    "Cannot train on this batch: expected an image for each of 3 workers, got 2",
  );
  const { images, ...rest } = batch();
  await assertRejects(
    () => engine.step({ images: tf.mul(images, NaN), ...rest }, 1e-3),
    RangeError,
    "expected images of finite numbers",
  );
  // Nothing was broken by that.
  assert((await engine.step(batch(), 1e-3)).loss > 0);
  engine.dispose();
});

permittedTest("a loss that is not a number ends a team with the reason", [
  "read",
], async () => {
  await useBackend("wasm");
  const model = smallNetwork({ statistics: false });
  const kernel = model.getLayer("embedding").weights[0]!;
  kernel.write(tf.fill(kernel.shape as number[], NaN));
  const engine = await createEngine({ model, ...how }, 2);
  for (let time = 0; time < 2; time++) {
    await assertRejects(
      () => engine.step(batch(), 1e-3),
      RangeError,
      "expected a finite loss, got NaN. The weights have diverged",
    );
  }
});

const ends = {
  throws: ["the second step is too much", RangeError],
  exits: [
    "Cannot go on training: expected an answer of thread 3 of 3, got its end",
    Error,
  ],
} as const;
for (const [way, [message, kind]] of Object.entries(ends)) {
  permittedTest(
    `a thread that ${way} ends its team with that error, and keeps the last weights`,
    ["read"],
    async () => {
      await useBackend("wasm");
      const model = smallNetwork({ statistics: false });
      const program = new URL(`./failing_worker.ts?${way}`, import.meta.url);
      const engine = await createTeamEngine({ model, ...how }, 3, program);
      await engine.step(batch(), 1e-3);
      engine.sync();
      const weights = copyWeights(model);
      await assertRejects(() => engine.step(batch(), 1e-3), kind, message);
      await assertRejects(() => engine.step(batch(), 1e-3), kind, message);
      await assertRejects(() => engine.adam(), kind, message);
      assertEquals(copyWeights(model), weights);
    },
  );
}

permittedTest("a thread that cannot start ends its team with the reason", [
  "read",
], async () => {
  await useBackend("wasm");
  const model = smallNetwork({ statistics: false });
  const program = new URL("./failing_worker.ts?never_ready", import.meta.url);
  await assertRejects(
    () => createTeamEngine({ model, ...how }, 3, program),
    RangeError,
    "no room for it",
  );
});
