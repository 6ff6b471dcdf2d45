import { capture } from "../../lib/commands/system/process.ts";
import { projectFolder } from "../../lib/commands/system/project.ts";
import { assert } from "../assert.ts";

/** A task that is run as a command. */
export type Command =
  | "train"
  | "evaluate"
  | "experiments"
  | "export"
  | "package"
  | "page";

/** Runs a command with the permission set of its task. */
export function run(
  command: Command,
  ...args: string[]
) {
  return runIn({}, command, ...args);
}

/** The same with some variables of the environment. */
export async function runIn(
  env: Record<string, string>,
  command: Command,
  ...args: string[]
) {
  const ended = await capture(
    Deno.execPath(),
    ["run", "-q", `-P=${command}`, `lib/commands/${command}.ts`, ...args],
    { cwd: projectFolder, env: { NO_COLOR: "1", ...env } },
  );
  assert(ended);
  return ended;
}
