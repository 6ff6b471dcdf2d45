import { writeWholeFile } from "../../files/whole_file.ts";
import { CommandError } from "./command.ts";

/**
 * Writes what a command made, whole or not at all.
 *
 * @throws {CommandError} If the file cannot be written.
 */
export async function writeOutput(
  path: string,
  content: string | Uint8Array,
): Promise<void> {
  const bytes = typeof content === "string"
    ? new TextEncoder().encode(content)
    : content;
  try {
    await writeWholeFile(path, bytes);
  } catch (error) {
    throw new CommandError(
      `Cannot write ${path}: expected room and leave to write there, got "${
        (error as Error).message
      }"`,
    );
  }
}
