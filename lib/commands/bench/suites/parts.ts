import { FlagError } from "../../arguments/option.ts";
import { suiteNames } from "./plan.ts";

/** What can be measured by itself. */
export const parts = [...suiteNames, "operations", "memory"] as const;
export type BenchPart = typeof parts[number];

/**
 * The parts that are meant by names, or all where there are none.
 *
 * @throws {FlagError} If a name means none.
 */
export function selectParts(names: readonly string[]): Set<BenchPart> {
  return new Set(
    names.length === 0 ? parts : names.map((name) => {
      const part = parts.find((part) => part === name);
      if (part) return part;
      throw new FlagError(
        `Cannot read ${name}: expected one of ${parts.join(", ")}`,
      );
    }),
  );
}
