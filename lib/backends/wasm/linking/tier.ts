import type { Target } from "../asm/code.ts";

/** Which form of the kernels suits this process. */
export interface KernelTier {
  /** "flags" where V8 was started with its revectorizer, else "plain". */
  name: "plain" | "flags";
  /** How many vectors of four floats the processor's registers hold. */
  vectorRegisters: Target["vectorRegisters"];
}

const architecture = typeof Deno === "undefined" ? "" : Deno.build.arch;

/** The tier that every process can run: x86 has 16 vector registers, ARM 32. */
export const plainTier: KernelTier = {
  name: "plain",
  vectorRegisters: architecture === "aarch64" ? 32 : 16,
};
/** The 16 registers hold eight floats each where instructions are paired. */
const flagsTier: KernelTier = { name: "flags", vectorRegisters: 32 };

/**
 * V8's switch for pairing 128-bit instructions into 256-bit ones. It is off by
 * default, experimental, and works on x86-64 only.
 */
const revectorizeFlag = "--experimental-wasm-revectorize";

/**
 * The value of DENO_V8_FLAGS for the fast tier. Without V8's quick first
 * compiler, what the self-test tries is the code that will run.
 */
export const fastFlags = `${revectorizeFlag},--no-liftoff`;

/** Changes nothing: 0 is V8's default. An empty DENO_V8_FLAGS is an error. */
export const noFlags = "--random-seed=0";

/**
 * The tier of this process, by the environment variable DENO_V8_FLAGS: V8 does
 * not tell a program its flags. Without the permission to read it, "plain".
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.ok(["plain", "flags"].includes(kernelTier().name));
 * ```
 */
export function kernelTier(): KernelTier {
  const variable = "DENO_V8_FLAGS";
  const readable = architecture === "x86_64" &&
    Deno.permissions.querySync({ name: "env", variable }).state === "granted";
  const flags = readable ? Deno.env.get(variable) ?? "" : "";
  return flags.split(",").includes(revectorizeFlag) ? flagsTier : plainTier;
}
