import { fileURLToPath } from "node:url";

/** The project's folder, without a slash at the end. */
export const projectFolder: string = fileURLToPath(
  new URL("../../..", import.meta.url),
).replace(/[/\\]$/, "");

/** Where `deno task lab` makes its private environment. */
export const environmentFolder = `${projectFolder}/.venv`;

/** Where the notebooks are, and run. */
export const notebookFolder = `${projectFolder}/notebooks`;

/** Makes an empty folder, in the ignored `.cache` of the project; who asks for it removes it. */
export async function temporaryFolder(): Promise<string> {
  const dir = `${projectFolder}/.cache`;
  await Deno.mkdir(dir, { recursive: true });
  return await Deno.makeTempDir({ dir });
}
