import { CommandError } from "../command.ts";
import { environmentAt } from "../jupyter/environment.ts";
import { capture } from "../process.ts";

const version = "2.15.0";

/** A PyTorch that runs. */
export interface PyTorch {
  /** The program to run. */
  python: string;
  version: string;
  /** As many as PyTorch uses by itself: the processor's cores. */
  threads: number;
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
  const ready = await findPyTorch(python);
  if (ready) return ready;
  await remove(folder);
  try {
    await makeEnvironment(folder, candidates);
    say(
      `Installing PyTorch ${version} from PyPI into ${folder}, once. For Linux it\n` +
        "comes with CUDA, 5 GB in all; to get a smaller build from another index,\n" +
        "name that in PIP_EXTRA_INDEX_URL.",
    );
    const pip = ["-m", "pip", "install", "--no-input", `torch==${version}`];
    const installed = await capture(python, pip);
    if (installed?.code !== 0) throw failure(installed?.stderr);
    const made = await findPyTorch(python);
    if (!made) throw failure("it does not start");
    return made;
  } catch (error) {
    await remove(folder);
    throw error;
  }
}

/** Asks a Python for its PyTorch; `undefined` where there is none of this version. */
async function findPyTorch(python: string): Promise<PyTorch | undefined> {
  const ended = await capture(python, [
    "-c",
    "import torch; print(torch.__version__, torch.get_num_threads())",
  ]);
  const [found = "", threads] = ended?.stdout.trim().split(" ") ?? [];
  // A build for the processor alone says so after a plus.
  if (ended?.code !== 0 || found.split("+")[0] !== version) return undefined;
  return { python, version: found, threads: Number(threads) };
}

async function makeEnvironment(
  folder: string,
  candidates: string[],
): Promise<void> {
  const tried: string[] = [];
  for (const candidate of candidates) {
    const ended = await capture(candidate, ["-m", "venv", folder]);
    if (ended?.code === 0) return;
    tried.push(`${candidate}: ${ended ? "fails" : "not found"}`);
  }
  throw failure(
    `expected a Python with its module venv, got ${tried.join(", ")}`,
  );
}

/** pip puts the reason last. */
function failure(said = ""): CommandError {
  const reason = said.trim().split("\n").at(-1) || "it did not say why";
  return new CommandError(`Cannot install PyTorch: ${reason}`);
}

async function remove(folder: string): Promise<void> {
  await Deno.remove(folder, { recursive: true }).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
}
