import type { BaselineReports } from "../../evaluation/classification/baselines.ts";
import { writeWholeFile } from "../../files/whole_file.ts";

/** A share as people read it. */
export function percent(part: number, digits = 2): string {
  return `${(100 * part).toFixed(digits)} %`;
}

/** The three accuracies, one to a line. */
export function accuracyLines(
  { trained, untrained, rawPixels }: BaselineReports,
): string {
  const of = untrained.testImages < trained.testImages
    ? `  (of ${untrained.testImages})`
    : "";
  return [
    `Nearest-centroid accuracy on ${trained.testImages} test images:`,
    `  trained network    ${percent(trained.accuracy)}`,
    `  untrained network  ${percent(untrained.accuracy)}${of}`,
    `  raw pixels         ${percent(rawPixels.accuracy)}`,
  ].join("\n");
}

/** Writes a value as a JSON file, whole or not at all. */
export async function writeJson(path: string, value: unknown): Promise<void> {
  const text = JSON.stringify(value, null, 2) + "\n";
  await writeWholeFile(path, new TextEncoder().encode(text));
}
