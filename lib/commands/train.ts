import { join } from "node:path";
import { mnistFiles } from "../digits/mnist.ts";
import { train } from "../experiment/train.ts";
import type { TrainOptions } from "../experiment/train_options.ts";
import { accuracyLines, writeJson } from "../experiment/report/report.ts";
import { checkpointsAt } from "../training/checkpoint/checkpoint_folder.ts";
import { saveWeights } from "../training/weights/weights.ts";
import { CommandError, explaining, runCommand } from "./arguments/command.ts";
import type { Flags } from "./arguments/flags.ts";
import { checkOutputs } from "./arguments/paths.ts";
import { refuseDevice } from "./train/device.ts";
import { farewell, interruptedCode, onInterrupt } from "./train/interrupt.ts";
import { reportProgress } from "./train/progress.ts";
import { trainSpec } from "./train/spec.ts";
import { summarize } from "./train/summary.ts";

if (import.meta.main) await runCommand(trainSpec, main);

async function main(
  { positionals: _, out, json, precision, ...flags }: Flags<typeof trainSpec>,
): Promise<number> {
  const { preset, weights, resume, checkpointSteps, ...others } = flags;
  const { checkpointSeconds, lr: learningRate, binarize, ...rest } = others;
  const outputs = {
    weights: join(out, "weights.safetensors"),
    checkpoints: join(out, "checkpoints"),
    json,
  };
  await checkPaths({ weights, resume }, outputs);
  const interrupt = onInterrupt(() =>
    console.log("Stopping after this step; Ctrl-C again stops at once")
  );
  const { on, told } = reportProgress();
  const training = explaining(() =>
    train({
      ...{ preset, weights, resume },
      // A switch that is off says nothing: the preset may have it on.
      settings: { ...rest, learningRate, ...(binarize && { binarize }) },
      checkpoints: {
        folder: outputs.checkpoints,
        everySteps: checkpointSteps,
        everySeconds: checkpointSeconds,
      },
      signal: interrupt.signal,
      on: {
        ...on,
        async trained(model, settings) {
          interrupt.release();
          const path = outputs.weights;
          await saveWeights(path, model, settings, { precision })
            .catch((error: Error) =>
              refuseSaving(path, error, told.checkpoint)
            );
          console.log(`saved ${path}`);
        },
      },
    }).catch((error) => refuseDevice(error, told.checkpoint))
  );
  const result = await training.catch((error) => {
    if (error !== interrupt.signal.reason) throw error;
  });
  if (!result) {
    console.log(farewell(told.step, told.checkpoint, out));
    return interruptedCode;
  }
  const { leaveOut = [] } = result.settings;
  console.log(`\n${accuracyLines(result.reports, leaveOut)}`);
  if (leaveOut.length > 0) {
    console.log(
      `How it treats ${
        leaveOut.join(", ")
      }, which it was never shown: deno task evaluate --weights ${outputs.weights}`,
    );
  }
  if (json !== undefined) {
    await writeJson(json, summarize(result, outputs.weights));
  }
  return 0;
}

/** Makes sure, before any work, that outputs can be written and replace no input. */
async function checkPaths(
  { weights, resume }: Pick<TrainOptions, "weights" | "resume">,
  outputs: { weights: string; checkpoints: string; json: string | undefined },
): Promise<void> {
  const continued = typeof resume === "string"
    ? await explaining(() => checkpointsAt(resume))
    : [];
  await checkOutputs([
    ...mnistFiles().map((path) => ({ name: "MNIST", path })),
    { name: "--weights", path: weights },
    ...continued.map((path) => ({ name: "--resume", path, goesOn: true })),
  ], [
    { name: "the weights of --out", path: outputs.weights },
    {
      name: "the checkpoints of --out",
      path: outputs.checkpoints,
      isFolder: true,
    },
    { name: "--json", path: outputs.json },
  ]);
}

function refuseSaving(
  path: string,
  { message }: Error,
  checkpoint: string | undefined,
): never {
  const way = checkpoint
    ? `. The run is kept in ${checkpoint}: make room and go on with --resume`
    : "";
  throw new CommandError(
    `Cannot save ${path}: expected room and leave to write there, got "${message}"${way}`,
  );
}
