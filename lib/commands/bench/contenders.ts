import { fileURLToPath } from "node:url";
import { sealed } from "../jupyter/sealed.ts";
import { noFlags } from "../v8_flags.ts";
import type { Launch } from "./contestant.ts";
import type { RowHead, Tier } from "./contract.ts";
import type { PyTorch } from "./pytorch_environment.ts";

/** A program that is measured, and what its rows say about it. */
export interface Contender
  extends Pick<RowHead, "engine" | "tier" | "workers" | "threads"> {
  launch: Launch;
}

/** This library, in a process with V8's flags for a tier. */
export function ours(tier: Tier, v8Flags: string): Contender {
  return {
    engine: "ours",
    tier,
    workers: 1,
    launch: {
      name: tier === "plain" ? "ours, no flags" : "ours, V8 flags",
      // Without them, the tier cannot be told, and no worker starts.
      ...program("ours.ts", tier, "--allow-env=DENO_V8_FLAGS", "--allow-read"),
      env: { DENO_V8_FLAGS: v8Flags },
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
      ...program("stock.ts", backend, "--allow-read"),
      env: { DENO_V8_FLAGS: noFlags },
    },
  };
}

/** PyTorch with a number of threads. */
export function pytorch({ python }: PyTorch, threads: number): Contender {
  const { args, env } = sealed([here("pytorch.py"), String(threads)]);
  return {
    engine: "pytorch",
    threads,
    launch: {
      name: "PyTorch",
      program: python,
      // -B: no compiled copies beside the sources.
      args: ["-B", ...args],
      env,
    },
  };
}

function program(file: string, argument: string, ...permissions: string[]) {
  const args = ["run", "-q", "--no-prompt", ...permissions];
  return { program: Deno.execPath(), args: [...args, here(file), argument] };
}

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));
