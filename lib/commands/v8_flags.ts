import { fastFlags } from "../backends/wasm/tier.ts";

/** Changes nothing: 0 is V8's default. An empty DENO_V8_FLAGS is an error. */
const harmless = "--random-seed=0";

/**
 * Prints the value of DENO_V8_FLAGS with which a task should run: the user's, or
 * the one for fast kernels if a trial process starts with it. A V8 that does not
 * know a flag ends before any program runs, so only a trial can tell.
 */
if (import.meta.main) {
  console.log(Deno.env.get("DENO_V8_FLAGS") || await probe());
}

async function probe(): Promise<string> {
  if (Deno.build.arch !== "x86_64") return harmless;
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "0"],
    env: { DENO_V8_FLAGS: fastFlags },
    stdout: "null",
    stderr: "null",
  }).output();
  return success ? fastFlags : harmless;
}
