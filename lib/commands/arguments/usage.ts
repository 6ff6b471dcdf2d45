import { type CommandSpec, flagName } from "./flags.ts";
import { expectation } from "../../numeric/domain.ts";
import type { ChoiceOption, Option } from "./option.ts";

/**
 * The help text of a command.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const text = usage({
 *   name: "deno task train",
 *   description: "Trains the network.",
 *   options: {
 *     steps: { type: "integer", min: 1, description: "steps of training" },
 *   },
 * });
 * assert.match(text, /^deno task train \[options\]\n\nTrains the network\./);
 * assert.match(text, /--steps <number> {2}steps of training: a whole number/);
 * ```
 */
export function usage(spec: CommandSpec): string {
  const rows = Object.entries(spec.options).map(([key, option]) => [
    `${flagName(key)}${placeholder(option)}`,
    line(option),
  ]);
  if (spec.positionals) {
    rows.unshift([spec.positionals.name, spec.positionals.description]);
  }
  rows.push(["--help", "print this text"]);
  const width = Math.max(...rows.map(([left = ""]) => left.length));
  const names = spec.positionals ? ` [${spec.positionals.name}]` : "";
  return [
    `${spec.name}${names} [options]\n`,
    `${spec.description}\n`,
    ...rows.map(([left = "", right]) => `  ${left.padEnd(width)}  ${right}`),
  ].join("\n");
}

function placeholder(option: Option): string {
  if (option.type === "boolean") return "";
  if (option.type === "choice") {
    return isShort(option) ? ` <${option.of.join("|")}>` : " <name>";
  }
  if (option.type === "list") return " <numbers>";
  if (option.type !== "path") return " <number>";
  return option.optional ? " [path]" : " <path>";
}

function line(option: Option): string {
  const isTold = option.type === "boolean" || option.type === "path" ||
    option.type === "choice" && isShort(option);
  const range = isTold ? "" : `: ${expectation(option)}`;
  const usually = option.usually ??
    ("default" in option ? `default ${option.default}` : undefined);
  return `${option.description}${range}${usually ? ` (${usually})` : ""}`;
}

/** Whether the choices fit into the column of names. */
function isShort({ of }: ChoiceOption): boolean {
  return of.join("|").length <= 30;
}
