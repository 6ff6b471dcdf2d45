import { assert, assertEquals } from "../assert.ts";
import { type Command, run } from "./run.ts";

/** Arguments that a command refuses: how it ends then, and what its message holds. */
export type Refusal = [args: string[], code: number, message: string];

/** Makes sure that a command refuses arguments, each with its message. */
export async function assertRefusals(
  command: Command,
  refusals: readonly Refusal[],
): Promise<void> {
  for (const [args, exit, message] of refusals) {
    const { code, stderr } = await run(command, ...args);
    assert(stderr.includes(message), `${args}: ${stderr}`);
    assertEquals(code, exit, stderr);
  }
}
