import { join } from "node:path";
import { mnistFiles } from "../digits/mnist.ts";
import { checkpointsAt } from "../training/checkpoint/checkpoint_folder.ts";
import { train } from "../experiment/train.ts";
import { saveWeights } from "../training/weights/weights.ts";
import { explaining } from "./arguments/checks.ts";
import { CommandError, runCommand } from "./arguments/command.ts";
import { checkOutputs } from "./arguments/paths.ts";
import {
  accuracyLines,
  createPace,
  percent,
  writeJson,
} from "../experiment/report/report.ts";
import { farewell, interruptedCode, onInterrupt } from "./train/interrupt.ts";
import { trainSpec } from "./train/spec.ts";
import { summarize } from "./train/summary.ts";

if (import.meta.main) {
  await runCommand(trainSpec, async (flags) => {
    const { out, json, lr, miner, binarize, precision, ...rest } = flags;
    const { positionals: _, ...others } = rest;
    const weights = join(out, "weights.safetensors");
    const checkpoints = join(out, "checkpoints");
    const { resume } = others;
    const continued = typeof resume === "string"
      ? await explaining(() => checkpointsAt(resume))
      : [];
    await checkOutputs([
      ...mnistFiles().map((path) => ({ name: "MNIST", path })),
      { name: "--weights", path: others.weights },
      ...continued.map((path) => ({ name: "--resume", path, goesOn: true })),
    ], [
      { name: "the weights of --out", path: weights },
      { name: "the checkpoints of --out", path: checkpoints, isFolder: true },
      { name: "--json", path: json },
    ]);
    const due = createPace(5);
    const interrupt = onInterrupt(() =>
      console.log("Stopping after this step; Ctrl-C again stops at once")
    );
    let done = 0;
    let kept: string | undefined;
    const training = explaining(() =>
      train({
        ...others,
        ...(lr !== undefined && { learningRate: lr }),
        ...(miner !== undefined && { rule: miner }),
        // A switch that is off says nothing: the preset may have it on.
        ...(binarize && { binarize }),
        checkpoints,
        signal: interrupt.signal,
        onResume(steps, path) {
          const { progress = 0 } = steps.at(-1) ?? {};
          [done, kept] = [steps.length, path];
          console.log(
            `goes on after step ${done} (${
              percent(progress, 0)
            }), from ${path}`,
          );
        },
        onStep({ step, progress, loss, spread, imagesSeen, seconds }) {
          done = step;
          if (!due() && progress < 1) return;
          console.log(
            `step ${step}  ${percent(progress, 0)}  loss ${loss.toFixed(4)}  ` +
              `spread ${spread.toPrecision(2)}  ` +
              `${(imagesSeen / seconds).toFixed(1)} images/s`,
          );
        },
        onValidation({ step, accuracy }) {
          console.log(`step ${step}  validation accuracy ${percent(accuracy)}`);
        },
        onCheckpoint(path) {
          kept = path;
        },
        onWarning(message) {
          console.warn(message);
        },
        async onTrained(model, settings) {
          interrupt.release();
          await saveWeights(weights, model, settings, { precision }).catch(
            (error: Error) => {
              throw new CommandError(cannotSave(weights, error, kept));
            },
          );
          console.log(`saved ${weights}`);
        },
        onEvaluation(done, total) {
          if (due()) console.log(`evaluated ${done} of ${total} images`);
        },
      })
    );
    const result = await training.catch((error) => {
      if (error !== interrupt.signal.reason) throw error;
    });
    if (!result) {
      console.log(farewell(done, kept, out));
      return interruptedCode;
    }
    console.log(`\n${accuracyLines(result.reports)}`);
    if (json !== undefined) await writeJson(json, summarize(result, weights));
    return 0;
  });
}

function cannotSave(
  path: string,
  { message }: Error,
  kept: string | undefined,
): string {
  const way = kept
    ? `. The run is kept in ${kept}: make room and go on with --resume`
    : "";
  return `Cannot save ${path}: expected room and leave to write there, got "${message}"${way}`;
}
