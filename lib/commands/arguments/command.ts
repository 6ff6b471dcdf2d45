import { DeviceError } from "../../backends/webgpu/device/device_errors.ts";
import { type CommandSpec, type Flags, parseFlags } from "./flags.ts";
import { FlagError } from "./option.ts";
import { usage } from "./usage.ts";

/**
 * A failure that the user can cure: what was tried, what is needed, and
 * nothing about the code.
 */
export class CommandError extends Error {
  override name = "CommandError";
}

/**
 * Runs a command with the arguments of this process and ends the process:
 * with `--help` it prints the usage; a mistake in the arguments ends it with
 * exit code 2 and a {@linkcode CommandError} with exit code 1, each with its
 * message and no stack trace. Other errors keep theirs.
 *
 * @param main Returns the exit code.
 */
export async function runCommand<const S extends CommandSpec>(
  spec: S,
  main: (flags: Flags<S>) => number | Promise<number>,
): Promise<never> {
  if (wantsHelp(Deno.args)) {
    console.log(usage(spec));
    Deno.exit(0);
  }
  try {
    Deno.exit(await main(parseFlags(Deno.args, spec)));
  } catch (error) {
    if (error instanceof FlagError) {
      console.error(`${error.message}\nSee ${spec.name} --help`);
      Deno.exit(2);
    }
    if (!(error instanceof CommandError)) throw error;
    console.error(error.message);
    Deno.exit(1);
  }
}

/** Whether `--help` or `-h` stands before a `--`. */
function wantsHelp(args: readonly string[]): boolean {
  const end = args.indexOf("--");
  return args.slice(0, end < 0 ? undefined : end)
    .some((arg) => arg === "--help" || arg === "-h");
}

/**
 * Turns the errors of the library that a user can cure into those of a
 * command, which are shown without a stack trace.
 */
export async function explaining<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const curable = error instanceof RangeError ||
      error instanceof SyntaxError || error instanceof DeviceError ||
      error instanceof Deno.errors.NotFound;
    throw curable ? new CommandError(error.message) : error;
  }
}
