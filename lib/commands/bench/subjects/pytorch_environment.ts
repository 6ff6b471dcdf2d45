import { CommandError } from "../../arguments/command.ts";
import { environmentAt, removeFolder } from "../../python/environment.ts";
import {
  environmentFault,
  lastLine,
  noOtherName,
  runSealed,
} from "../../python/sealed.ts";
import { capture } from "../../system/process.ts";

const version = "2.15.0";
/** `onnxscript` is what PyTorch writes ONNX files with. */
const needed = {
  pins: [`torch==${version}`, "onnxscript==0.7.2"],
  modules: [],
};

/** A PyTorch that runs. */
export interface PyTorch {
  /** The program to run. */
  python: string;
  version: string;
  /** As many as PyTorch uses by itself: the processor's cores. */
  threads: number;
  /** The name of the first GPU that it can use, if there is one. */
  gpu?: string;
}

/**
 * Makes a private environment with PyTorch in a folder, unless one that works is
 * there already.
 *
 * @param say Told what goes on, when it takes a while.
 * @param candidates Programs to try as Python.
 * @throws {CommandError} If it cannot be made, in one line; the folder is gone then.
 */
export async function preparePyTorch(
  folder: string,
  say: (line: string) => void,
  candidates = ["python3", "python", "py"],
): Promise<PyTorch> {
  const { python } = environmentAt(folder);
  const ready = await findPyTorch(python, folder);
  if (typeof ready !== "string") return ready;
  await removeFolder(folder);
  try {
    await makeEnvironment(folder, candidates);
    say(
      `Installing PyTorch ${version} from PyPI into ${folder}, once. For Linux it\n` +
        "comes with CUDA, 5 GB in all; to get a smaller build from another index,\n" +
        "name that in PIP_EXTRA_INDEX_URL.",
    );
    const installed = await runSealed(
      python,
      ["-m", "pip", "install", "--no-input", ...needed.pins],
    );
    if (installed?.code !== 0) {
      throw failure(installed ? lastLine(installed) : "there is no Python");
    }
    const made = await findPyTorch(python, folder);
    if (typeof made === "string") throw failure(made);
    return made;
  } catch (error) {
    await removeFolder(folder);
    throw error;
  }
}

/** Asks an environment for its PyTorch; what is wrong where there is none that works. */
async function findPyTorch(
  python: string,
  folder: string,
): Promise<PyTorch | string> {
  const fault = await environmentFault(python, folder, needed);
  return fault ?? await describePyTorch(python) ?? "it does not start";
}

/**
 * The PyTorch of a Python that somebody names.
 *
 * @throws {CommandError} If it has none.
 */
export async function existingPyTorch(python: string): Promise<PyTorch> {
  const found = await describePyTorch(python);
  if (found) return found;
  throw new CommandError(
    `Cannot measure PyTorch: expected ${python} to be a Python that has it`,
  );
}

const description = `import json, torch
gpu = torch.cuda.is_available()
print(json.dumps({
  "version": torch.__version__,
  "threads": torch.get_num_threads(),
  **({"gpu": torch.cuda.get_device_name(0)} if gpu else {}),
}))`;

async function describePyTorch(python: string): Promise<PyTorch | undefined> {
  const args = ["-I", "-c", description];
  const ended = await capture(python, args, { env: noOtherName });
  if (ended?.code !== 0) return undefined;
  return { python, ...JSON.parse(ended.stdout) };
}

async function makeEnvironment(
  folder: string,
  candidates: string[],
): Promise<void> {
  const tried: string[] = [];
  for (const candidate of candidates) {
    const ended = await runSealed(candidate, ["-m", "venv", folder]);
    if (ended?.code === 0) return;
    tried.push(`${candidate}: ${ended ? "fails" : "not found"}`);
  }
  throw failure(
    `expected a Python with its module venv, got ${tried.join(", ")}`,
  );
}

function failure(reason: string): CommandError {
  return new CommandError(`Cannot install PyTorch: ${reason}`);
}
