import { CommandError } from "./command.ts";

/**
 * Turns the errors of the library that a user can cure into those of a
 * command, which are shown without a stack trace.
 */
export async function explaining<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const curable = error instanceof RangeError ||
      error instanceof SyntaxError || error instanceof Deno.errors.NotFound;
    throw curable ? new CommandError(error.message) : error;
  }
}
