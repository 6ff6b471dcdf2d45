import { fileURLToPath } from "node:url";
import { sealed } from "../python/sealed.ts";
import { noFlags } from "../system/v8_flags.ts";
import type { Launch } from "./contestant.ts";
import type { RowHead, Tier } from "./contract.ts";
import type { PyTorch } from "./pytorch_environment.ts";

/** A program that is measured, and what its rows say about it. */
export interface Contender
  extends Pick<RowHead, "engine" | "tier" | "workers" | "threads"> {
  launch: Launch;
}

/** This library with a number of threads, in a process with V8's flags for a tier. */
export function ours(
  { tier, flags }: { tier: Tier; flags: string },
  workers: number,
): Contender {
  return {
    engine: "ours",
    tier,
    workers,
    launch: {
      name: (tier === "plain" ? "ours, no flags" : "ours, V8 flags") +
        threadsText(workers),
      // Without the first, the tier cannot be told; digits are read from files.
      ...program(
        ["--allow-env=DENO_V8_FLAGS", "--allow-read"],
        "subjects/ours.ts",
        tier,
        workers,
      ),
      env: { DENO_V8_FLAGS: flags },
    },
  };
}

/** tfjs as it comes, with one of its backends. */
export function stock(backend: "cpu" | "wasm"): Contender {
  return {
    engine: `tfjs-${backend}`,
    threads: 1,
    launch: {
      name: `tfjs ${backend}`,
      // tfjs reads its own .wasm file.
      ...program(["--allow-read"], "subjects/stock.ts", backend),
      env: { DENO_V8_FLAGS: noFlags },
    },
  };
}

/** PyTorch with a number of threads. */
export function pytorch({ python }: PyTorch, threads: number): Contender {
  const { args, env } = sealed([here("subjects/pytorch.py"), String(threads)]);
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

/** jax-js on WebAssembly with a number of threads. */
export function jaxJs(threads: number): Contender {
  return {
    engine: "jax-js",
    threads,
    launch: {
      name: "jax-js" + threadsText(threads),
      ...program(
        unlocked,
        "subjects/jax_js.ts",
        "npm:@jax-js/jax@0.1.25",
        threads,
      ),
      env: { DENO_V8_FLAGS: noFlags },
    },
  };
}

/** onnxruntime-web on WebAssembly with a number of threads, for a network in a file. */
export function onnxruntimeWeb(path: string, threads: number): Contender {
  return {
    engine: "onnxruntime-web",
    threads,
    launch: {
      name: "onnxruntime-web" + threadsText(threads),
      ...program(
        // It reads the network and its own .wasm file.
        [...unlocked, "--allow-read"],
        "subjects/onnxruntime_web.ts",
        "npm:onnxruntime-web@1.30.0",
        threads,
        path,
      ),
      env: { DENO_V8_FLAGS: noFlags },
    },
  };
}

/** What computes without end beside what is measured, once it is asked to `start`. */
export const neighbour: Launch = {
  name: "the neighbour",
  ...program([], "subjects/neighbour.ts"),
};

/**
 * A package that only a peer needs is named in no import, no deno.json and no
 * deno.lock: who does not ask for peers neither gets nor checks it.
 */
const unlocked = ["--no-lock"];

const threadsText = (count: number) => count === 1 ? "" : `, ${count} threads`;

function program(
  options: string[],
  file: string,
  ...args: (string | number)[]
): Pick<Launch, "program" | "args"> {
  return {
    program: Deno.execPath(),
    args: [
      ...["run", "-q", "--no-prompt", ...options, here(file)],
      ...args.map(String),
    ],
  };
}

/** The path of a program beside this one. */
function here(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url));
}
