/** Training on a GPU: as on wasm, with one awaited read a step, and nothing left over. */
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import { imagesToTensor } from "../../../lib/digits/images.ts";
import { createNN2 } from "../../../lib/nn2/model.ts";
import { createRandom } from "../../../lib/numeric/random.ts";
import { createAdam } from "../../../lib/training/optimizer/adam.ts";
import { trainBatch, trainStep } from "../../../lib/training/step/step.ts";
import { trainableVariables } from "../../../lib/training/step/training.ts";
import type { MinerName } from "../../../lib/triplets/miners/miners.ts";
import { assert, assertEquals } from "../../assert.ts";
import {
  deviceTest,
  useWebGpu,
  useWebGpuAlone,
} from "../../backends/webgpu/device.ts";
import { stripes } from "../digits.ts";
import { withoutSyncReads } from "../no_sync_reads.ts";
import { ownNetwork } from "../own_network.ts";
import { smallNetwork } from "../small_network.ts";

const dataset = stripes(12, 3, 1);

interface Case {
  create: () => tf.LayersModel;
  miner: MinerName;
  partSize?: number;
}

/** Trains for some steps on the present backend, and tells what each found. */
async function trainFor(
  steps: number,
  { create, miner, partSize }: Case,
  each: () => void = () => {},
) {
  const model = create();
  const optimizer = createAdam(trainableVariables(model));
  const every = Array.from(dataset.labels.keys());
  const random = createRandom(3);
  const training = { model, optimizer, miner, margin: 0.2, random, partSize };
  const results = [];
  for (let step = 0; step < steps; step++) {
    const images = imagesToTensor(dataset, every);
    results.push(await trainBatch(training, images, dataset.labels, 2e-3));
    images.dispose();
    each();
  }
  optimizer.dispose();
  model.dispose();
  return results;
}

const cases: Record<string, Case> = {
  "a small network of tfjs's layers, batch-all": {
    create: () => smallNetwork(),
    miner: "batch-all",
  },
  "a small network in parts, batch-hard": {
    create: () => smallNetwork({ statistics: false }),
    miner: "batch-hard",
    partSize: 5,
  },
  "a tiny network of NN2's layers, semi-hard": {
    create: () => ownNetwork(),
    miner: "semi-hard",
  },
  "a tiny network of NN2's layers, explicit": {
    create: () => ownNetwork(2),
    miner: "explicit",
  },
};

for (const [name, given] of Object.entries(cases)) {
  deviceTest(
    `ten steps on webgpu are in step with wasm's: ${name}`,
    async () => {
      await useBackend("wasm");
      const expected = await trainFor(10, given);
      await useWebGpu();
      const actual = await trainFor(10, given);
      assert(
        expected.some(({ loss }) => loss !== expected[0]!.loss),
        "nothing was learned",
      );
      actual.forEach(({ loss, spread }, step) => {
        const reference = expected[step]!;
        assert(
          Math.abs(loss - reference.loss) <= 0.01 * reference.loss,
          `step ${step}: loss ${loss}, on wasm ${reference.loss}`,
        );
        assert(
          Math.abs(spread - reference.spread) <= 0.01 * reference.spread,
          `step ${step}: spread ${spread}, on wasm ${reference.spread}`,
        );
      });
    },
  );

  deviceTest(
    `a step on webgpu awaits one read and no other: ${name}`,
    async () => {
      await useWebGpuAlone();
      await withoutSyncReads(async (awaited) => {
        const counts: number[] = [];
        await trainFor(3, given, () => counts.push(awaited()));
        assertEquals(counts, [1, 2, 3]);
      });
    },
  );
}

deviceTest(
  "tensors and buffers of webgpu are level over 50 steps",
  async () => {
    const { bufferManager } = await useWebGpu();
    const held: number[][] = [];
    const given = cases["a tiny network of NN2's layers, semi-hard"]!;
    await trainFor(50, given, () => {
      const { numTensors, numBytes } = tf.memory();
      const buffers = bufferManager.getNumUsedBuffers();
      const { numBytesUsed, numBytesAllocated } = bufferManager;
      held.push([
        numTensors,
        numBytes,
        buffers,
        numBytesUsed,
        numBytesAllocated,
      ]);
    });
    // The first steps make what the later ones use again.
    const [first, last] = [held[9]!, held[49]!];
    assertEquals(last, first);
    assertEquals(held[29], first);
  },
);

deviceTest("images that a GPU made are looked at once", async () => {
  await useWebGpuAlone();
  const model = smallNetwork();
  const optimizer = createAdam(trainableVariables(model));
  const images = tf.tidy(() => {
    return tf.mul<tf.Tensor4D>(
      imagesToTensor(dataset, [0, 1, 2, 3, 4, 5]),
      0.5,
    );
  });
  const labels = dataset.labels.slice(0, 6);
  const training = {
    model,
    optimizer,
    miner: "batch-all",
    margin: 0.2,
  } as const;
  await withoutSyncReads(async (awaited) => {
    await trainBatch(training, images, labels, 1e-3);
    assertEquals(awaited(), 2);
    await trainBatch(training, images, labels, 1e-3);
    assertEquals(awaited(), 3);
  });
  for (const each of [images, optimizer, model]) each.dispose();
});

deviceTest(
  "NN2 itself takes its first steps on webgpu as on wasm",
  async () => {
    const losses = async () => {
      const model = createNN2({ embeddingSize: 8, seed: 1 });
      const optimizer = createAdam(trainableVariables(model));
      const images = tf.randomUniform<tf.Rank.R4>(
        [6, 28, 28, 1],
        0,
        1,
        "float32",
        5,
      );
      const how = {
        model,
        optimizer,
        miner: "batch-all",
        margin: 2,
      } as const;
      // A small rate, as Adam's first step has its size however small a gradient is.
      const step = () => trainStep(how, images, [0, 0, 1, 1, 2, 2], 2e-5);
      const found = [await step(), await step()] as const;
      for (const each of [images, optimizer, model]) each.dispose();
      return found;
    };
    await useBackend("wasm");
    const [first, second] = await losses();
    await useWebGpu();
    const actual = await losses();
    assert(Math.abs(second - first) > 0.01 * first, `${first}, ${second}`);
    assert(
      Math.abs(actual[0] - first) < 1e-3 * first,
      `${actual[0]}, ${first}`,
    );
    assert(
      Math.abs(actual[1] - second) < 0.01 * second,
      `${actual[1]}, on wasm ${second} after ${first}`,
    );
  },
);
