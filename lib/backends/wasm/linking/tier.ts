import type { TileColumns } from "./tile_arena.ts";

/** Which form of the kernels suits this process. */
export interface KernelTier {
  /** "flags" where V8 was started with its revectorizer, else "plain". */
  name: "plain" | "flags";
  /** The width of the tiles that the compiler keeps in registers. */
  tileColumns: TileColumns;
}

const architecture = typeof Deno === "undefined" ? "" : Deno.build.arch;

/**
 * The tier that every process can run. A tile of 6×8 floats fills the 16
 * vector registers of x86, one of 6×16 the 32 of ARM.
 */
export const plainTier: KernelTier = {
  name: "plain",
  tileColumns: architecture === "aarch64" ? 16 : 8,
};
const flagsTier: KernelTier = { name: "flags", tileColumns: 16 };

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
