/**
 * Instructions on blocks of memory.
 *
 * @module
 */
import type { Code } from "./code.ts";
import { i32 } from "./integers.ts";

/** Copies bytes; the regions may overlap. */
export const copyBytes = (to: Code, from: Code, bytes: Code): Code => [
  to,
  from,
  bytes,
  0xfc,
  10,
  0,
  0,
];

/** Sets bytes to 0. */
export const clearBytes = (at: Code, bytes: Code): Code => [
  at,
  i32.const(0),
  bytes,
  0xfc,
  11,
  0,
];
