/**
 * Gradients at 224×224 beside PyTorch's in float64. Of 6.5 million ReLUs some have an
 * input that is 0 except for rounding. Each that float32 decides otherwise than float64
 * changes gradients by a thousandth and more, in this engine and in PyTorch's float32.
 * So float64 gets this engine's activations: what is left is rounding, 6e-6 at most.
 */
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import { exportPyTorch } from "../../../lib/export/pytorch/export_pytorch.ts";
import { NormalizedConvolution } from "../../../lib/nn2/layers/normalized_convolution.ts";
import { assert } from "../../assert.ts";
import { randomImages, randomNetwork } from "../networks.ts";
import { pythonTest } from "../python.ts";
import { compareGradients, gradientsOf, writeValues } from "./gradients.ts";

/** How a mode's activations are from float64's. */
interface Found {
  farthest: number;
  differ: number;
  all: number;
}

pythonTest(
  "gradients at 224×224 are float64's at the same activations",
  ["torch"],
  async (folder, run) => {
    await useBackend("wasm", { threads: 1 });
    const network = randomNetwork("batch", 224);
    const { model } = network;
    const images = randomImages(network, 2);
    const slopes = tf.randomUniform([2, 8], -1, 1, "float32", 4);
    const { program, weights } = await exportPyTorch(network);
    await Deno.writeTextFile(`${folder}/nn2.py`, program);
    await Deno.writeFile(`${folder}/nn2.safetensors`, weights);
    const channelsFirst = tf.transpose(images, [0, 3, 1, 2]);
    await writeValues(`${folder}/images.bin`, channelsFirst);
    await writeValues(`${folder}/slopes.bin`, slopes);
    // Training moves the statistics that evaluation uses.
    const gradients: Record<string, Record<string, Float32Array>> = {};
    for (const mode of ["evaluation", "training"]) {
      const training = mode === "training";
      const activations: Record<string, tf.Tensor> = {};
      gradients[mode] = gradientsOf(
        model,
        slopes,
        () => embedAndKeep(model, images, training, activations),
      );
      for (const [layer, values] of Object.entries(activations)) {
        await writeValues(`${folder}/${mode}.${layer}.bin`, values);
        values.dispose();
      }
    }
    const found = await run("check_gradients.py", folder);
    for (
      const [mode, { farthest, differ, all }] of Object.entries(
        found as Record<string, Found>,
      )
    ) {
      assert(farthest < 1e-5, `${mode}, activations: off by ${farthest}`);
      assert(differ < 1e-5 * all, `${mode}: ${differ} of ${all} ReLUs differ`);
      const path = `${folder}/${mode}.safetensors`;
      await compareGradients(path, gradients[mode]!, 2e-5);
    }
    model.dispose();
  },
);

/**
 * Embeds images and keeps what each convolution makes, channels first. Both from one
 * pass: another one may use other kernels, which round otherwise.
 */
function embedAndKeep(
  model: tf.LayersModel,
  images: tf.Tensor,
  training: boolean,
  activations: Record<string, tf.Tensor>,
): tf.Tensor {
  const convolutions = model.layers.filter((layer) =>
    layer instanceof NormalizedConvolution
  );
  const outputs = convolutions.map(({ output }) => output as tf.SymbolicTensor);
  outputs.push(...model.outputs);
  const values = tf.model({ inputs: model.inputs, outputs })
    .apply(images, { training }) as tf.Tensor[];
  for (const [i, { name }] of convolutions.entries()) {
    activations[name] = tf.keep(tf.transpose(values[i]!, [0, 3, 1, 2]));
  }
  return values.at(-1)!;
}
