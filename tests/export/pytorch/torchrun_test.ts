/** The run that an export for torchrun has, here and in PyTorch. */
import type * as tf from "@tensorflow/tfjs";
import { useBackend } from "../../../lib/backends/use_backend.ts";
import { imagesToTensor } from "../../../lib/digits/images.ts";
import { loadMnist } from "../../../lib/digits/mnist.ts";
import { learningRate } from "../../../lib/training/settings/schedule.ts";
import {
  loadNetwork,
  loadWeights,
} from "../../../lib/training/weights/weights.ts";
import { tripletLossAndGradient } from "../../../lib/triplets/losses/loss_and_gradient.ts";
import { createRandom } from "../../../lib/numeric/random.ts";
import { assert, assertEquals } from "../../assert.ts";
import { farthest } from "../onnx/run_onnx.ts";
import { pythonTest, runPython } from "../python.ts";
import { data, gap, lossesIn, trainHere, writeRun } from "./small_run.ts";

pythonTest(
  "a run for torchrun has this library's losses on two processes, and comes back",
  ["torch"],
  async (folder) => {
    await useBackend("wasm", { threads: 1 });
    const mnist = await loadMnist();
    await writeRun(folder, mnist);
    const torchrun = ["-m", "torch.distributed.run", "--standalone"];
    const args = ["--nproc-per-node", "2", `${folder}/train.py`];
    const ended = await runPython([...torchrun, ...args, "--data", data]);
    assertEquals(ended.code, 0, ended.stderr);
    const { losses, network, settings, test } = await trainHere(folder, mnist);
    // Each step costs something, and not the same.
    assert(Math.min(...losses) > 1e-3, `${losses}`);
    const off = gap(lossesIn(ended.stdout), losses);
    assert(off < 1e-4, `${ended.stdout}\n${losses}`);

    const back = await loadNetwork(`${folder}/trained.safetensors`);
    assertEquals(back.settings, settings);
    const begun = await loadNetwork(`${folder}/nn2.safetensors`);
    await loadWeights(`${folder}/trained.safetensors`, back.model);
    const images = imagesToTensor(test, [0, 1, 2, 3, 4, 5, 6, 7]);
    const [ours, theirs, first] = [network, back, begun]
      .map(({ model }) => model.predict(images) as tf.Tensor);
    const far = farthest(theirs!, ours!);
    const moved = farthest(theirs!, first!);
    assert(far < 1e-3 && moved > 0.05, `off by ${far}, moved by ${moved}`);
    for (const { model } of [network, back, begun]) model.dispose();
  },
);

/** Random unit embeddings of 4 classes; of three rows one, and so the distances, twice. */
function randomBatch(count: number, size: number, seed: number) {
  const random = createRandom(seed);
  const rows = Array.from({ length: count }, () => {
    const row = Array.from({ length: size }, () => random.normal());
    return row.map((value) => Math.fround(value / Math.hypot(...row)));
  });
  return { embeddings: rows, labels: rows.map((_, i) => i % 4) };
}

pythonTest(
  "train.py has this library's loss, rates, images and messages, and goes on exactly",
  ["torch"],
  async (folder, run) => {
    await useBackend("wasm", { threads: 1 });
    const mnist = await loadMnist();
    await writeRun(folder, mnist);
    const schedule = { learningRate: 0.01, warmUpSteps: 3, steps: 10 };
    const shapes = ["cosine", "constant"] as const;
    const steps = [0, 1, 2, 3, 9];
    const inputs = [
      { inputSize: 28, binarize: true },
      { inputSize: 224, binarize: false },
    ] as const;
    const batches = [
      { ...randomBatch(24, 3, 1), margin: 0.2 },
      { ...randomBatch(40, 16, 2), margin: 1 },
      // A collapsed batch costs its margin.
      {
        embeddings: Array(8).fill([1, 0]),
        labels: [0, 0, 1, 1, 2, 2, 3, 3],
        margin: 0.3,
      },
    ];
    const parts = {
      losses: batches,
      rates: shapes.map((shape) => ({
        steps,
        settings: { ...schedule, schedule: shape },
      })),
      prepared: inputs.map((settings) => ({ images: [59_999], settings })),
    };
    await Deno.writeTextFile(`${folder}/parts.json`, JSON.stringify(parts));
    const found = await run("check_train.py", folder, data) as Found;

    for (const [i, { embeddings, labels, margin }] of batches.entries()) {
      const [count, size] = [embeddings.length, embeddings[0]!.length];
      const points = {
        values: Float32Array.from(embeddings.flat()),
        count,
        size,
      };
      const ours = tripletLossAndGradient("semi-hard", points, labels, {
        margin,
      });
      const theirs = found.losses[i]!;
      assert(
        Math.abs(theirs.loss - ours.loss) < 1e-5,
        `${i}: ${theirs.loss}, ${ours.loss}`,
      );
      const off = gap(theirs.gradient.flat(), ours.gradient);
      assert(off < 1e-5, `${i}: gradient off by ${off}`);
    }
    for (const [i, shape] of shapes.entries()) {
      const { learningRate: peak, warmUpSteps } = schedule;
      const ours = steps.map((step) =>
        learningRate({ peak, warmUpSteps, shape }, step, step / schedule.steps)
      );
      assert(gap(found.rates[i]!, ours) < 1e-9);
    }
    for (const [i, settings] of inputs.entries()) {
      const ours = imagesToTensor(mnist.train, [59_999], settings)
        .transpose([0, 3, 1, 2]);
      const off = gap(found.prepared[i]!.flat(3), ours.dataSync());
      assert(off < 1e-5, `${settings.inputSize}: off by ${off}`);
    }
    assert(found.packed);

    const { losses, network } = await trainHere(folder, mnist);
    network.model.dispose();
    assert(
      gap(lossesIn(found.whole), losses) < 1e-4,
      `${found.whole}\n${losses}`,
    );
    assertEquals(lossesIn(found.first + found.rest), lossesIn(found.whole));
    assert(found.isExact);
    assert(found.isKept);
    assertEquals(found.files, ["checkpoint.pt", "trained.safetensors"]);
    const said = [
      "Cannot train: expected to be started by torchrun, got by python alone",
      "Cannot divide batches of 12 images: expected a number of processes that divides it, got 5",
      `Cannot read an IDX file: expected one at ${folder}/none/train-images-idx3-ubyte or ${folder}/none/train-images-idx3-ubyte.gz, got none`,
      `Cannot read ${folder}/text.idx: expected the IDX format with bytes or whole numbers, got`,
      `Cannot read ${folder}/cut.idx: expected 16 bytes for [2], got 12`,
      `Cannot use ${data}/train-labels-idx1-ubyte: expected [5, 12], got [60000]`,
      `Cannot go on from ${folder}/parted/checkpoint.pt: expected a run with these weights, settings and batches, got another: choose another --out`,
      "Cannot go on after step 0: expected finite embeddings, got others. The weights have diverged",
      `Cannot load ${data}/nn2-4d.safetensors: expected what deno task export wrote, got others`,
    ];
    for (const [i, message] of said.entries()) {
      assert(`${found.refusals[i]}`.startsWith(message), found.refusals[i]);
    }
  },
);

/** What check_train.py prints. */
interface Found {
  losses: { loss: number; gradient: number[][] }[];
  rates: number[][];
  prepared: number[][][][][];
  packed: boolean;
  whole: string;
  first: string;
  rest: string;
  isExact: boolean;
  isKept: boolean;
  files: string[];
  refusals: string[];
}
