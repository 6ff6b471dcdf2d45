import { flagName, parseFlags } from "../../../lib/commands/arguments/flags.ts";
import { FlagError } from "../../../lib/commands/arguments/option.ts";
import { usage } from "../../../lib/commands/arguments/usage.ts";
import { trainSpec } from "../../../lib/commands/train/spec.ts";
import {
  type Setting,
  settingsSchema,
} from "../../../lib/training/settings/schema.ts";
import { assertEquals, assertThrows } from "../../assert.ts";
import {
  allowed,
  names as allNames,
  refusedOf,
} from "../../training/settings/bad_values.ts";

type Name = keyof typeof settingsSchema;

/** A name of older files is no option. */
const names = allNames.filter((name) => name !== "rule");
const optionOf = (name: Name) => (settingsSchema[name] as Setting).flag ?? name;
const flagOf = (name: Name) => flagName(optionOf(name));

const parse = (name: Name, text: string): unknown => {
  const flag = optionOf(name);
  const parsed = parseFlags([`${flagName(flag)}=${text}`], trainSpec);
  return (parsed as Record<string, unknown>)[flag];
};

Deno.test("trainSpec has an option for every setting, with its description", () => {
  const options: Record<string, { description: string }> = trainSpec.options;
  for (const name of names) {
    assertEquals(
      options[optionOf(name)]?.description,
      settingsSchema[name].description,
    );
  }
});

Deno.test("trainSpec says what each preset has", () => {
  const { lr, margin, seconds, beta1, warmUpSteps } = trainSpec.options;
  assertEquals(
    [lr, margin, seconds, beta1, warmUpSteps].map(({ usually }) => usually),
    [
      "quick 0.0015, full 0.0015, seed 0.001",
      "default 0.2",
      undefined,
      "default 0.9",
      "quick 10, full 20, seed 0",
    ],
  );
});

Deno.test("trainSpec knows all miners, the flag of the learning rate, and no rule", () => {
  const { miner } = parseFlags(["--miner", "explicit"], trainSpec);
  const { lr } = parseFlags(["--lr", "0.1"], trainSpec);
  assertEquals([miner, lr], ["explicit", 0.1]);
  assertThrows(() => parseFlags(["--rule", "explicit"], trainSpec), FlagError);
});

Deno.test("trainSpec takes every bound of a setting", () => {
  for (const name of names) {
    for (const value of allowed[name]) {
      // A switch has no value, and an empty list no text.
      if (name === "binarize" || String(value) === "") continue;
      assertEquals(parse(name, String(value)), value);
    }
  }
});

Deno.test("trainSpec refuses every text that a setting may not have", () => {
  for (const name of names) {
    if (name === "binarize") continue;
    for (const value of refusedOf(name)) {
      const text = String(value);
      const isText = typeof value === "number" || typeof value === "string";
      // One number is a list of it.
      if (name === "leaveOut" && text === "1") continue;
      // On the command line all numbers are text.
      if (!isText || allowed[name].some((other) => Number(text) === other)) {
        continue;
      }
      if (text !== "" && isAllowed(name, Number(text))) continue;
      assertThrows(
        () => parse(name, text),
        FlagError,
        `Cannot read ${flagOf(name)}: expected `,
      );
    }
  }
});

Deno.test("trainSpec takes digits to leave out with commas between them, each once", () => {
  const parsed = parseFlags(["--leave-out", "9, 7,8"], trainSpec);
  assertEquals(parsed.leaveOut, [9, 7, 8]);
  const wrong = ["7,7", "10", "7,,8", "7,", "0.5", "7-9", "seven", "-1", ","];
  for (const text of [...wrong, "0,1,2,3,4,5,6,7,8,9"]) {
    assertThrows(
      () => parseFlags([`--leave-out=${text}`], trainSpec),
      FlagError,
      `Cannot read --leave-out: expected a list of at most 8, each once and a whole number from 0 to 9, got ${text}`,
    );
  }
  const help = usage(trainSpec).split("\n")
    .find((line) => line.includes("--leave-out <numbers> "));
  assertEquals(
    help?.split(/ {2,}/).at(-1),
    "digits that training is never shown, such as 7,8,9: a list of at most 8, each once and a whole number from 0 to 9 (default none)",
  );
});

/** Whether a number lies between the bounds of a setting that takes it. */
function isAllowed(name: keyof typeof allowed, value: number): boolean {
  const bounds = allowed[name].map(Number);
  const takesFractions = bounds.some((bound) => !Number.isInteger(bound));
  return value >= Math.min(...bounds) && value <= Math.max(...bounds) &&
    (takesFractions || Number.isInteger(value)) && typeof allowed[name][0] ===
      "number" &&
    name !== "inputSize";
}
