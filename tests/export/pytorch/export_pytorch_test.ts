/** The files for PyTorch, and PyTorch 2.15 with them. */
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import { exportPyTorch } from "../../../lib/export/pytorch/export_pytorch.ts";
import { projectPath } from "../../../lib/files/paths.ts";
import { decodeSafetensors } from "../../../lib/files/safetensors.ts";
import { NN2 } from "../../../lib/nn2/table.ts";
import {
  type LoadedNetwork,
  loadNetwork,
} from "../../../lib/training/weights/weights.ts";
import { assert, assertEquals } from "../../assert.ts";
import { inFolder } from "../../digits/folder.ts";
import { permittedTest } from "../../permitted.ts";
import { randomImages, randomNetwork } from "../networks.ts";
import {
  createGoldenModel,
  images as goldenImages,
} from "../../nn2/golden/learned.ts";
import { farthest } from "../onnx/run_onnx.ts";
import { pythonTest } from "../python.ts";
import { compareGradients, gradientsOf, writeValues } from "./gradients.ts";

Deno.test("exportPyTorch() writes a program with the paper's inception modules", async () => {
  await useBackend("wasm", { threads: 1 });
  const network = randomNetwork("batch");
  const { program } = await exportPyTorch(network);
  const [, table] = program.match(/^INCEPTION = (\{[^]*?),\n\}/m)!;
  const rows = JSON.parse(`${table!.replaceAll("None", "null")}}`);
  const modules = NN2.flatMap((row) =>
    row.type !== "inception" ? [] : [[row.name.replace("inception_", ""), [
      row["1x1"] ?? 0,
      ...row["3x3"],
      ...row["5x5"] ?? [0, 0],
      ...row.pool ? [row.pool[0], row.pool[1] ?? 0] : [null, 0],
      row.stride ?? 1,
    ]]]
  );
  assertEquals(rows, Object.fromEntries(modules));
  network.model.dispose();
});

permittedTest("exportPyTorch() writes weights that loadNetwork() reads", [
  "read",
  "write",
], () =>
  inFolder(async (folder) => {
    await useBackend("wasm", { threads: 1 });
    const network = randomNetwork("batch");
    const images = randomImages(network, 2);
    const ours = network.model.predict(images) as tf.Tensor;
    const path = `${folder}/nn2.safetensors`;
    for (
      const [precision, most] of [["float32", 0], ["float16", 2e-3]] as const
    ) {
      const { weights } = await exportPyTorch(network, { precision });
      const { tensors } = decodeSafetensors(weights);
      assertEquals(tensors["inception_5b.pool_projection.weight"]!.shape, [
        ...[128, 1024, 1, 1],
      ]);
      assertEquals(tensors["embedding.weight"]!.shape, [8, 1024]);
      await Deno.writeFile(path, weights);
      const { model, settings } = await loadNetwork(path);
      assertEquals(settings, network.settings);
      const far = farthest(model.predict(images) as tf.Tensor, ours);
      assert(far <= most, `${precision}: ${far}`);
      model.dispose();
    }
    network.model.dispose();
  }));

const load = (name: string) => loadNetwork(projectPath(`data/${name}`));

/** Networks, their images, and how far gradients may be relative to their length. */
const cases: Record<
  string,
  () => Promise<[LoadedNetwork, tf.Tensor4D, number?]>
> = {
  "the 128-d network": async () => {
    const network = await load("nn2-128d.safetensors");
    return [network, randomImages(network, 4), 1e-4];
  },
  "the 4-d network": async () => {
    const network = await load("nn2-4d.safetensors");
    return [network, randomImages(network, 4), 1e-4];
  },
  "random weights without normalization": async () => {
    const network = await randomNetwork("none");
    return [network, randomImages(network, 4), 1e-4];
  },
  "random weights with lrn": async () => {
    const network = await randomNetwork("lrn");
    return [network, randomImages(network, 4, 50), 1e-4];
  },
  // A ReLU whose input is 0 except for rounding changes gradients by up to a hundredth.
  // These weights and images are far from that. At 224×224 there are too many ReLUs:
  // gradients_at_224_test.ts.
  "random weights with batch normalization": async () => {
    const settings = {
      inputSize: 28,
      embeddingSize: 128,
      normalization: "batch",
      binarize: false,
    } as const;
    const network = { model: createGoldenModel("batch"), settings };
    return [network, await goldenImages("batch"), 1e-4];
  },
  "random weights at 224×224": async () => {
    const network = await randomNetwork("batch", 224);
    return [network, randomImages(network, 2)];
  },
};

for (const [name, make] of Object.entries(cases)) {
  pythonTest(
    `exportPyTorch() of ${name} has PyTorch's embeddings and gradients, and comes back`,
    [
      "torch",
    ],
    async (folder, run) => {
      await useBackend("wasm", { threads: 1 });
      const [network, images, tolerance] = await make();
      const { model, settings } = network;
      const { program, weights } = await exportPyTorch(network);
      await Deno.writeTextFile(`${folder}/nn2.py`, program);
      await Deno.writeFile(`${folder}/nn2.safetensors`, weights);
      const shape = [images.shape[0], settings.embeddingSize];
      const slopes = tf.randomUniform(shape, -1, 1, "float32", 4);
      await writeValues(
        `${folder}/images.bin`,
        tf.transpose(images, [0, 3, 1, 2]),
      );
      await writeValues(`${folder}/slopes.bin`, slopes);
      const { given, trained } = await run(
        "check_pytorch.py",
        folder,
      ) as Record<
        string,
        number[][]
      >;
      const embed = ({ model }: LoadedNetwork) =>
        model.predict(images) as tf.Tensor;
      const far = farthest(embed(network), tf.tensor(given!));
      assert(far < 1e-5, `embeddings: ${far}`);
      for (const mode of ["evaluation", "training"] as const) {
        if (tolerance === undefined) continue;
        const training = mode === "training";
        const ours = gradientsOf(
          model,
          slopes,
          () => model.apply(images, { training }) as tf.Tensor,
        );
        const path = `${folder}/${mode}.safetensors`;
        await compareGradients(path, ours, tolerance);
      }
      const back = await loadNetwork(`${folder}/trained.safetensors`);
      assertEquals(back.settings, settings);
      const off = farthest(embed(back), tf.tensor(trained!));
      assert(off < 1e-5, `trained: ${off}`);
      // The step did something.
      assert(farthest(embed(back), embed(network)) > 1e-4);
      back.model.dispose();
      model.dispose();
    },
  );
}
