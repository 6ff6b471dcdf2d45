import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import { asDeviceBackend } from "../../../lib/backends/webgpu/device/device_backend.ts";
import { DeviceError } from "../../../lib/backends/webgpu/device/device_errors.ts";
import { embedImages } from "../../../lib/evaluation/embeddings/embed_images.ts";
import { imagesToTensor } from "../../../lib/digits/images.ts";
import { networkEmbed } from "../../../lib/nn2/embed.ts";
import { createAdam } from "../../../lib/training/optimizer/adam.ts";
import { trainStep } from "../../../lib/training/step/step.ts";
import { trainableVariables } from "../../../lib/training/step/training.ts";
import { assert, assertEquals, assertRejects } from "../../assert.ts";
import { onDeviceTest } from "../../backends/webgpu/device/on_device.ts";
import { stripes } from "../digits.ts";
import { smallNetwork } from "../small_network.ts";

const dataset = stripes(8, 2, 1);
const indices = dataset.labels.map((_, i) => i);

/** A small network on the GPU, and a step of it during which something happens. */
async function begin() {
  await useBackend("webgpu");
  const { device } = asDeviceBackend(tf.backend());
  const model = smallNetwork();
  const optimizer = createAdam(trainableVariables(model));
  const step = async (happens: () => void) => {
    const images = imagesToTensor(dataset, indices);
    const training = { model, optimizer, margin: 3, watch: happens };
    try {
      const how = { ...training, miner: "batch-hard" } as const;
      return await trainStep(how, images, dataset.labels, 1e-5);
    } finally {
      images.dispose();
    }
  };
  return { device, model, step };
}

onDeviceTest(
  "trainStep() says that a GPU is full, and goes on after that",
  async () => {
    const { device, model, step } = await begin();
    assert(await step(() => {}) > 0);
    const held = tf.memory().numTensors;
    const fill = () => {
      const error = new GPUOutOfMemoryError("not enough memory left");
      const event = new Event("uncapturederror", { cancelable: true });
      device.dispatchEvent(Object.assign(event, { error }));
    };
    const { report } = await assertRejects(
      () => step(fill),
      DeviceError,
      'Cannot train on 8 images of 28×28 on the GPU: expected room in its memory, got none ("not enough memory left")',
    );
    assertEquals(report.fault, "memory");
    assertEquals(tf.memory().numTensors, held);
    assert(await step(() => {}) > 0);
    model.dispose();
  },
);

onDeviceTest(
  "a step and an embedding say that the device is lost",
  async () => {
    const { device, model, step } = await begin();
    await step(() => {});
    await assertRejects(
      () => step(() => device.destroy()),
      DeviceError,
      "Cannot train on 8 images of 28×28 on the GPU: expected its device to answer, got a lost device",
    );
    for (let attempt = 0; attempt < 2; attempt++) {
      await assertRejects(
        () => embedImages(networkEmbed(model), dataset, indices),
        DeviceError,
        "Cannot embed 8 images on the GPU: expected its device to answer",
      );
    }
    model.dispose();

    const { model: next, step: again } = await begin();
    assert(await again(() => {}) > 0);
    const { count } = await embedImages(networkEmbed(next), dataset, indices);
    assertEquals(count, 8);
    next.dispose();
  },
);
