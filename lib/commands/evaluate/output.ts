import { basename, join } from "node:path";
import type { BackendDescription } from "../../backends/describe_backend.ts";
import { readPlotly } from "../../plots/pages/plotly_source.ts";
import type { Settings } from "../../training/settings/schema.ts";
import type { NetworkSettings } from "../../training/settings/network_settings.ts";
import { writeOutput } from "../arguments/write_output.ts";
import type { Evaluation } from "../../experiment/evaluate_network.ts";
import { measureSection } from "../../experiment/report/measures.ts";
import { pageHtml } from "../../experiment/report/page.ts";

/** Where an evaluation goes, and what it is of. */
export interface OutputOptions {
  /** The path of the weights, as it was given. */
  weights: string;
  settings: NetworkSettings & Partial<Settings>;
  /** What computed. */
  backend: BackendDescription;
  /** The page's path. */
  page: string;
  /** The path of the numbers; none by default. */
  json?: string | undefined;
  /** The folder of the projector's files; none by default. */
  projector?: string | undefined;
}

/** Where the projector's files lie in their folder: the vectors, then the labels. */
export function projectorPaths(
  folder: string,
): [vectors: string, metadata: string] {
  return [join(folder, "vectors.tsv"), join(folder, "metadata.tsv")];
}

/**
 * Writes the page, the numbers and the projector's files, each whole or not at
 * all.
 *
 * @returns The paths.
 * @throws {CommandError} If a file cannot be written.
 */
export async function writeEvaluation(
  { sections, json, projector }: Evaluation,
  to: OutputOptions,
): Promise<string[]> {
  const plotly = new TextDecoder().decode(await readPlotly());
  const html = pageHtml({
    title: `Evaluation of ${basename(to.weights)}`,
    facts: describe(to.settings),
    sections: [...sections, measureSection()],
    footer:
      `Made by deno task evaluate on MNIST's test images. Everything that was drawn was drawn by the seed ${json.seed}, so that a second evaluation gives the same page.`,
  }, plotly);
  const files: [path: string, text: string][] = [[to.page, html]];
  if (to.json !== undefined) {
    const { backend, threads, kernels, device } = to.backend;
    const computed = { backend, threads, kernels, device };
    const numbers = { ...json, ...computed, weights: to.weights };
    files.push([to.json, JSON.stringify(numbers, null, 2) + "\n"]);
  }
  if (to.projector !== undefined && projector) {
    const [vectors, metadata] = projectorPaths(to.projector);
    files.push([vectors, projector.vectors], [metadata, projector.metadata]);
  }
  for (const [path, text] of files) await writeOutput(path, text);
  return files.map(([path]) => path);
}

/** The network and its training in a line. */
function describe(settings: OutputOptions["settings"]): string {
  const { inputSize, embeddingSize, normalization, seed, miner, margin } =
    settings;
  const { leaveOut = [] } = settings;
  const pixels = `${inputSize}×${inputSize} pixels`;
  return [
    `NN2 of ${pixels}, ${embeddingSize} numbers an embedding`,
    `normalization ${normalization}`,
    ...(miner === undefined ? [] : [`trained on ${miner} triplets`]),
    ...(margin === undefined ? [] : [`margin ${margin}`]),
    ...(leaveOut.length === 0 ? [] : [`without ${leaveOut.join(", ")}`]),
    ...(seed === undefined ? [] : [`seed ${seed}`]),
  ].join(" · ");
}
