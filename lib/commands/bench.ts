import * as tf from "@tensorflow/tfjs";
import { useBackend } from "../backends/use_backend.ts";
import { wasmKernels } from "../backends/wasm/mod.ts";
import { networkEmbed } from "../nn2/embed.ts";
import { createNN2 } from "../nn2/model.ts";
import { createAdam } from "../training/adam.ts";
import { presets } from "../training/settings.ts";
import { trainableVariables, trainStep } from "../training/step.ts";
import { checkFile } from "./checks.ts";
import { runCommand } from "./command.ts";
import { writeJson } from "./report.ts";

const spec = {
  name: "deno task bench",
  description:
    "Measures how many images a second NN2 trains and embeds, as medians of interleaved rounds.",
  options: {
    rounds: {
      type: "integer",
      min: 1,
      max: 100,
      default: 5,
      description: "measurements of each task",
    },
    json: { type: "path", description: "a file for the table" },
  },
} as const;

/** One line of the table. */
interface Row {
  task: "train" | "infer";
  network: "NN2-28" | "NN2-224";
  engine: "ours";
  tier: ReturnType<typeof wasmKernels>;
  workers: number;
  processes: number;
  /** The median of the rounds. */
  imagesPerSecond: number;
  /** The slowest and the fastest round, in images a second. */
  spread: [slowest: number, fastest: number];
}

/** A task that can be run again and again. */
interface Task {
  task: Row["task"];
  network: Row["network"];
  images: number;
  run: () => void;
}

if (import.meta.main) {
  await runCommand(spec, async ({ rounds, json }) => {
    if (json !== undefined) await checkFile(json);
    const { description } = await useBackend("wasm");
    const machine = describeMachine();
    console.log(`${machine}\n${description}\n`);
    const rows = measure(
      [...tasks(28, 120), ...tasks(224, 8)],
      rounds,
      wasmKernels(),
    );
    for (const { task, network, imagesPerSecond, spread } of rows) {
      console.log(
        `${task} ${network}  ${imagesPerSecond.toFixed(1)} images/s ` +
          `(${spread.map((speed) => speed.toFixed(1)).join(" to ")})`,
      );
    }
    if (json !== undefined) await writeJson(json, { machine, rows });
    return 0;
  });
}

/** Training and embedding with the network and loss of the quick preset. */
function tasks(inputSize: 28 | 224, batch: number): Task[] {
  const { rule, margin, learningRate, normalization } = presets.quick;
  const model = createNN2({ inputSize, normalization, seed: 1 });
  const optimizer = createAdam(trainableVariables(model));
  const channels = inputSize === 28 ? 1 : 3;
  const images = tf.randomUniform<tf.Rank.R4>(
    [batch, inputSize, inputSize, channels],
    0,
    1,
    "float32",
    1,
  );
  const labels = Array.from({ length: batch }, (_, i) => i % 4);
  const network = `NN2-${inputSize}` as const;
  const training = { model, optimizer, rule, margin };
  return [
    {
      task: "train",
      network,
      images: batch,
      run: () => void trainStep(training, images, labels, learningRate),
    },
    {
      task: "infer",
      network,
      images: batch,
      run() {
        const embeddings = networkEmbed(model)(images);
        embeddings.dataSync();
        embeddings.dispose();
      },
    },
  ];
}

/** Round after round, so that a slow minute of the machine meets every task. */
function measure(
  tasks: Task[],
  rounds: number,
  tier: Row["tier"],
): Row[] {
  const speeds = tasks.map((): number[] => []);
  for (const { run } of tasks) run();
  for (let round = 0; round < rounds; round++) {
    tasks.forEach(({ images, run }, i) => {
      const start = performance.now();
      run();
      speeds[i]!.push(images / (performance.now() - start) * 1000);
    });
  }
  return tasks.map(({ task, network }, i) => {
    const sorted = speeds[i]!.toSorted((a, b) => a - b);
    const middle = Math.floor(sorted.length / 2);
    const median = sorted.length % 2 === 1
      ? sorted[middle]!
      : (sorted[middle - 1]! + sorted[middle]!) / 2;
    return {
      task,
      network,
      engine: "ours",
      tier,
      workers: 1,
      processes: 1,
      imagesPerSecond: median,
      spread: [sorted[0]!, sorted.at(-1)!],
    };
  });
}

function describeMachine(): string {
  const { arch, os } = Deno.build;
  return `${os} ${arch}, ${navigator.hardwareConcurrency} cores, Deno ${Deno.version.deno}, V8 ${Deno.version.v8}`;
}
