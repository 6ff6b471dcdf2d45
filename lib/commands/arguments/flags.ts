import { parseArgs } from "node:util";
import { FlagError, type Option, optionValue } from "./option.ts";

/** What parses a command's arguments and prints its `--help`. */
export interface CommandSpec {
  /** As one types it: `deno task train`. */
  name: string;
  /** What the command does: the first sentence of its help text. */
  description: string;
  /** By names in camelCase: `classesPerBatch` is `--classes-per-batch`. */
  options: Record<string, Option>;
  /** The arguments that have no name; without this, there may be none. */
  positionals?: { name: string; description: string };
}

type Value<O> = O extends { type: "boolean" } ? boolean
  : O extends { type: "choice"; of: readonly (infer Choice)[] } ? Choice
  : O extends { type: "path"; optional: true } ? string | true
  : O extends { type: "path" } ? string
  : O extends { type: "list" } ? number[]
  : number;

type AlwaysThere<O> = {
  [K in keyof O]: O[K] extends { type: "boolean" } | { default: unknown } ? K
    : never;
}[keyof O];

/**
 * The values of a command's options. One that was not given has its default,
 * or is absent where it has none; a boolean is `false`.
 */
export type Flags<S extends CommandSpec, O = S["options"]> =
  & { -readonly [K in AlwaysThere<O>]: Value<O[K]> }
  & { -readonly [K in Exclude<keyof O, AlwaysThere<O>>]?: Value<O[K]> }
  & { positionals: string[] };

/**
 * Reads the arguments of a command. All that follows `--` is positional, and
 * of an option given twice the last one counts.
 *
 * @throws {FlagError} If an option is unknown, has no value, or has one that
 * is no number, out of range or not among the choices, or if there are
 * positional arguments and the command takes none.
 *
 * @example Options with a default and a range
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const spec = {
 *   name: "deno task train",
 *   description: "Trains the network.",
 *   options: {
 *     steps: { type: "integer", min: 1, description: "steps of training" },
 *     preset: {
 *       type: "choice",
 *       of: ["quick", "full"],
 *       default: "quick",
 *       description: "how long to train",
 *     },
 *   },
 * } as const;
 *
 * const flags = parseFlags(["--steps", "20"], spec);
 * assert.deepEqual(flags, { preset: "quick", steps: 20, positionals: [] });
 * assert.throws(() => parseFlags(["--steps", "0"], spec), {
 *   message: "Cannot read --steps: expected a whole number of 1 or more, got 0",
 * });
 * ```
 */
export function parseFlags<const S extends CommandSpec>(
  args: readonly string[],
  spec: S,
): Flags<S> {
  const options = new Map(
    Object.entries(spec.options)
      .map(([key, option]) => [flagName(key), { key, option }]),
  );
  const values: Record<string, unknown> = {};
  for (const { key, option } of options.values()) {
    if (option.type === "boolean") values[key] = false;
    else if (option.default !== undefined) values[key] = option.default;
  }

  const positionals: string[] = [];
  const tokens = tokensOf(args, spec);
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    if (token.kind === "positional") positionals.push(token.value);
    if (token.kind !== "option") continue;
    const known = options.get(token.rawName);
    if (!known) {
      throw new FlagError(
        `Cannot read ${token.rawName}: expected one of ${
          [...options.keys(), "--help"].join(", ")
        }`,
      );
    }
    let { value } = token;
    const next = tokens[i + 1];
    if (
      hasOptionalValue(known.option) && value === undefined &&
      next?.kind === "positional"
    ) {
      value = next.value;
      i++;
    }
    values[known.key] = optionValue(token.rawName, known.option, value);
  }
  if (positionals.length > 0 && !spec.positionals) {
    throw new FlagError(
      `Cannot read ${
        positionals[0]
      }: expected only options, which begin with --`,
    );
  }
  return { ...values, positionals } as Flags<S>;
}

/** The way an option is typed: `--classes-per-batch` for `classesPerBatch`. */
export function flagName(key: string): string {
  return "--" + key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function tokensOf(args: readonly string[], spec: CommandSpec) {
  return parseArgs({
    args: [...args],
    strict: false, // The errors of strict mode do not say what was expected.
    tokens: true,
    options: Object.fromEntries(
      Object.entries(spec.options).map(([key, option]) => [
        flagName(key).slice(2),
        {
          type: option.type === "boolean" || hasOptionalValue(option)
            ? "boolean"
            : "string",
        },
      ]),
    ),
  }).tokens;
}

function hasOptionalValue(option: Option): boolean {
  return option.type === "path" && option.optional === true;
}
