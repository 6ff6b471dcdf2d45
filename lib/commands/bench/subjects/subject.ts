import { sealed } from "../../python/sealed.ts";
import type { Launch } from "../../../experiment/bench/runner.ts";
import type { RowHead, Tier } from "../report/contract.ts";
import { denoProgram, programPath } from "./deno_program.ts";
import type { PyTorch } from "./pytorch_environment.ts";

/** A program that is measured, and what its rows say about it. */
export interface Subject extends
  Pick<
    RowHead,
    | "engine"
    | "tier"
    | "backend"
    | "device"
    | "precision"
    | "workers"
    | "threads"
  > {
  launch: Launch;
}

/** This library with a number of threads, in a process with V8's flags for a tier. */
export function ours(
  { tier, flags }: { tier: Tier; flags: string },
  workers: number,
): Subject {
  const name = tier === "plain" ? "ours, no flags" : "ours, V8 flags";
  return {
    engine: "ours",
    tier,
    backend: "wasm",
    workers,
    launch: denoProgram(
      name + threadsText(workers),
      "ours.ts",
      [tier, workers],
      {
        // Without the first, the tier cannot be told; digits are read from files.
        options: ["--allow-env=DENO_V8_FLAGS", "--allow-read"],
        flags,
      },
    ),
  };
}

/** tfjs as it comes, with one of its backends. */
export function stock(backend: "cpu" | "wasm"): Subject {
  return {
    engine: `tfjs-${backend}`,
    threads: 1,
    // tfjs reads its own .wasm file.
    launch: denoProgram(`tfjs ${backend}`, "stock.ts", [backend], {
      options: ["--allow-read"],
    }),
  };
}

/** PyTorch with a number of threads. */
export function pytorch({ python }: PyTorch, threads: number): Subject {
  const name = "PyTorch" + threadsText(threads);
  const launch = launchPyTorch(name, python, [String(threads)]);
  return { engine: "pytorch", threads, launch };
}

/** PyTorch on the first GPU that it finds. */
export function pytorchOnGpu(
  { python, gpu }: PyTorch,
  precision: "float32" | "tf32",
): Subject {
  const launch = launchPyTorch(`PyTorch, ${gpu}, ${precision}`, python, [
    "1",
    precision,
  ]);
  return { engine: "pytorch", device: gpu!, precision, launch };
}

function launchPyTorch(
  name: string,
  python: string,
  settings: string[],
): Launch {
  const { args, env } = sealed([programPath("pytorch.py"), ...settings]);
  // -B: no compiled copies beside the sources.
  return { name, program: python, args: ["-B", ...args], env };
}

/**
 * A package that only a peer needs is named in no import, no deno.json and no
 * deno.lock: who does not ask for peers neither gets nor checks it.
 */
const unlocked = ["--no-lock"];

/** jax-js on WebAssembly with a number of threads. */
export function jaxJs(threads: number): Subject {
  const args = ["npm:@jax-js/jax@0.1.25", threads];
  return {
    engine: "jax-js",
    threads,
    launch: denoProgram("jax-js" + threadsText(threads), "jax_js.ts", args, {
      options: unlocked,
    }),
  };
}

/** onnxruntime-web on WebAssembly with a number of threads, for a network in a file. */
export function onnxruntimeWeb(path: string, threads: number): Subject {
  const name = "onnxruntime-web" + threadsText(threads);
  const args = ["npm:onnxruntime-web@1.30.0", threads, path];
  return {
    engine: "onnxruntime-web",
    threads,
    launch: denoProgram(name, "onnxruntime_web.ts", args, {
      // It reads the network and its own .wasm file.
      options: [...unlocked, "--allow-read"],
    }),
  };
}

/** What computes without end beside what is measured, once it is asked to `start`. */
export const busyProcess: Launch = denoProgram("the busy process", "busy.ts");

function threadsText(count: number): string {
  return count === 1 ? "" : `, ${count} threads`;
}
