import { fastFlags, noFlags } from "../../backends/wasm/linking/tier.ts";

/**
 * The value of DENO_V8_FLAGS with which a program that trains should run: the
 * user's own, or the one for fast kernels if a trial process starts with it. A
 * V8 that does not know a flag ends before any program runs, so only a trial
 * can tell.
 */
export async function v8Flags(): Promise<string> {
  const own = Deno.env.get("DENO_V8_FLAGS");
  if (own) return own;
  if (Deno.build.arch !== "x86_64") return noFlags;
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "0"],
    env: { DENO_V8_FLAGS: fastFlags },
    stdout: "null",
    stderr: "null",
  }).output();
  return success ? fastFlags : noFlags;
}

if (import.meta.main) console.log(await v8Flags());
