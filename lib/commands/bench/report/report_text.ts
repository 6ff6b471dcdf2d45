import type { BenchReport, BenchRow } from "./contract.ts";
import type { Machine } from "./machine.ts";
import {
  againstStock,
  memoryTable,
  peakTable,
  speedTable,
} from "./speed_table.ts";
import { stepTable } from "./step_table.ts";

/** The whole report, for people. */
export function reportText(
  { machine, rounds, busy, rows, steps, peaks, memory, notMeasured }:
    BenchReport,
): string {
  const part = (items: unknown[], text: () => string) =>
    items.length > 0 ? [text()] : [];
  return [
    [machineText(machine), ...gpuText(rows)].join("\n"),
    ...(busy ? ["Beside another process that computes without end."] : []),
    ...part(
      rows,
      () =>
        `Interleaved rounds: ${rounds}. Medians, with the least and the greatest\n\n${
          speedTable(rows)
        }`,
    ),
    ...[againstStock(rows) ?? []].flat(),
    ...part(peaks, () => peakTable(peaks)),
    ...steps.map(stepTable),
    ...part(
      steps,
      () =>
        "GFLOP/s count the multiplications and additions of the definition; Winograd's\n" +
        "way to convolve does with fewer, so it may pass the peak.",
    ),
    ...part(memory, () => memoryTable(memory)),
    `Not measured\n${notMeasured.map((line) => `- ${line}`).join("\n")}`,
  ].join("\n\n");
}

/** The GPUs that rows are about. */
function gpuText(rows: readonly BenchRow[]): string[] {
  const names = new Set(rows.flatMap(({ device }) => device ?? []));
  return names.size > 0 ? [`GPU: ${[...names].join("; ")}`] : [];
}

function machineText(
  { processor, cores, system, deno, v8, tfjs, pytorch }: Machine,
): string {
  return [
    `${processor}, ${cores} cores, ${system}`,
    `Deno ${deno}, V8 ${v8}, TensorFlow.js ${tfjs}` +
    (pytorch === undefined ? "" : `, PyTorch ${pytorch}`),
  ].join("\n");
}
