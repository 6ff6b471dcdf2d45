import { join } from "node:path";
import { presets } from "../training/settings.ts";
import { train } from "../training/train.ts";
import { saveWeights } from "../training/weights.ts";
import { checkFile, checkWritable, explaining } from "./checks.ts";
import { runCommand } from "./command.ts";
import { accuracyLines, createPace, percent, writeJson } from "./report.ts";
import { summarize } from "./train_summary.ts";

const spec = {
  name: "deno task train",
  description:
    "Trains NN2 on MNIST and evaluates it on the 10,000 test images by nearest class centroid.",
  options: {
    preset: {
      type: "choice",
      of: Object.keys(presets) as (keyof typeof presets)[],
      default: "quick",
      description: "the settings that the other options change",
    },
    steps: { type: "integer", min: 1, description: "steps of training" },
    epochs: {
      type: "number",
      above: 0,
      description: "passes over the 55,000 training images",
    },
    seconds: { type: "number", above: 0, description: "seconds of training" },
    lr: {
      type: "number",
      above: 0,
      max: 10,
      description: "the highest learning rate",
    },
    classesPerBatch: {
      type: "integer",
      min: 2,
      max: 10,
      description: "digits in a batch",
    },
    imagesPerClass: {
      type: "integer",
      min: 2,
      max: 1000,
      description: "images of each digit in a batch",
    },
    margin: {
      type: "number",
      min: 0,
      max: 4,
      description: "how much farther away a negative should be",
    },
    embeddingSize: {
      type: "integer",
      min: 1,
      max: 4096,
      description: "numbers in an embedding",
    },
    inputSize: {
      type: "choice",
      of: ["28", "224"],
      description: "height and width of the images",
    },
    normalization: {
      type: "choice",
      of: ["none", "batch", "lrn"],
      description: "what keeps activations in range",
    },
    backend: {
      type: "choice",
      of: ["wasm", "cpu", "auto"],
      description: "what computes",
    },
    seed: {
      type: "integer",
      min: 0,
      max: 2 ** 31 - 1,
      description: "decides weights, batches and splits",
    },
    out: {
      type: "path",
      default: "out",
      description: "the folder for weights.safetensors",
    },
    json: { type: "path", description: "a file for the result" },
  },
} as const;

if (import.meta.main) {
  await runCommand(spec, async (flags) => {
    const { out, json, preset, lr, inputSize, positionals: _, ...others } =
      flags;
    const weights = join(out, "weights.safetensors");
    await checkWritable(out);
    if (json !== undefined) await checkFile(json);
    const due = createPace(5);
    const result = await explaining(() =>
      train({
        preset,
        ...others,
        ...(lr !== undefined && { learningRate: lr }),
        ...(inputSize !== undefined && {
          inputSize: Number(inputSize) as 28 | 224,
        }),
        onStep({ step, progress, loss, imagesSeen, seconds }) {
          if (!due() && progress < 1) return;
          console.log(
            `step ${step}  ${percent(progress, 0)}  loss ${loss.toFixed(4)}  ` +
              `${(imagesSeen / seconds).toFixed(1)} images/s`,
          );
        },
        onValidation({ step, accuracy }) {
          console.log(`step ${step}  validation accuracy ${percent(accuracy)}`);
        },
        async onTrained(model, settings) {
          await saveWeights(weights, model, settings);
          console.log(`saved ${weights}`);
        },
        onEvaluation(done, total) {
          if (due()) console.log(`evaluated ${done} of ${total} images`);
        },
      })
    );
    console.log(`\n${accuracyLines(result.reports)}`);
    if (json !== undefined) await writeJson(json, summarize(result, weights));
    return 0;
  });
}
