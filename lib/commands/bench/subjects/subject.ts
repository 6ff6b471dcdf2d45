import { fileURLToPath } from "node:url";
import { sealed } from "../../python/sealed.ts";
import { noFlags } from "../../system/v8_flags.ts";
import type { Launch } from "../protocol/runner.ts";
import type { RowHead, Tier } from "../report/contract.ts";
import type { PyTorch } from "./pytorch_environment.ts";

/** A program that is measured, and what its rows say about it. */
export interface Subject
  extends Pick<RowHead, "engine" | "tier" | "workers" | "threads"> {
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
    workers,
    launch: launch(name + threadsText(workers), "ours.ts", [tier, workers], {
      // Without the first, the tier cannot be told; digits are read from files.
      options: ["--allow-env=DENO_V8_FLAGS", "--allow-read"],
      flags,
    }),
  };
}

/** tfjs as it comes, with one of its backends. */
export function stock(backend: "cpu" | "wasm"): Subject {
  return {
    engine: `tfjs-${backend}`,
    threads: 1,
    // tfjs reads its own .wasm file.
    launch: launch(`tfjs ${backend}`, "stock.ts", [backend], {
      options: ["--allow-read"],
    }),
  };
}

/** PyTorch with a number of threads. */
export function pytorch({ python }: PyTorch, threads: number): Subject {
  const { args, env } = sealed([here("pytorch.py"), String(threads)]);
  return {
    engine: "pytorch",
    threads,
    launch: {
      name: "PyTorch" + threadsText(threads),
      program: python,
      // -B: no compiled copies beside the sources.
      args: ["-B", ...args],
      env,
    },
  };
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
    launch: launch("jax-js" + threadsText(threads), "jax_js.ts", args, {
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
    launch: launch(name, "onnxruntime_web.ts", args, {
      // It reads the network and its own .wasm file.
      options: [...unlocked, "--allow-read"],
    }),
  };
}

/** What computes without end beside what is measured, once it is asked to `start`. */
export const busyProcess: Launch = launch("the busy process", "busy.ts");

function threadsText(count: number): string {
  return count === 1 ? "" : `, ${count} threads`;
}

/** Runs one of the programs in Deno, with V8's flags and options of Deno's. */
function launch(
  name: string,
  file: string,
  args: (string | number)[] = [],
  { options = [], flags = noFlags }: { options?: string[]; flags?: string } =
    {},
): Launch {
  const start = ["run", "-q", "--no-prompt", ...options, here(file)];
  return {
    name,
    program: Deno.execPath(),
    args: [...start, ...args.map(String)],
    env: { DENO_V8_FLAGS: flags },
  };
}

/** The path of a program. */
function here(file: string): string {
  return fileURLToPath(new URL(`../programs/${file}`, import.meta.url));
}
