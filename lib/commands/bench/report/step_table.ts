import { percent } from "../../../experiment/report/report.ts";
import type { StepProfile } from "./contract.ts";
import { engineName } from "./speed_table.ts";
import { textTable } from "./text_table.ts";

/** Less than this is summed up in one line. */
const leastShare = 0.005;

/** The table of a training step's operations, for people. */
export function stepTable(step: StepProfile): string {
  const small = step.operations.filter(({ share }) => share < leastShare);
  const sum = (of: "calls" | "launches" | "milliseconds" | "share") =>
    small.reduce((total, operation) => total + (operation[of] ?? 0), 0);
  const isOnGpu = step.device !== undefined;
  const rest = {
    name: `${small.length} smaller ones`,
    calls: sum("calls"),
    launches: sum("launches"),
    milliseconds: sum("milliseconds"),
    gflops: 0,
    share: sum("share"),
  };
  const shown = step.operations.filter(({ share }) => share >= leastShare);
  const peak = step.shareOfPeak === undefined
    ? ""
    : `, ${percent(step.shareOfPeak, 0)} of the machine's peak`;
  return [
    `A training step of ${step.network}, ${step.batch} images, ${
      engineName(step)
    }: ${step.milliseconds.toFixed(0)} ms, ${
      step.gflops.toFixed(1)
    } GFLOP/s${peak}`,
    textTable([
      [
        ...["operation", "calls", ...isOnGpu ? ["launches"] : []],
        ...["ms", "GFLOP/s", "share"],
      ],
      ...[...shown, ...(small.length > 0 ? [rest] : [])].map((
        { name, calls, launches, milliseconds, gflops, share },
      ) => [
        name,
        String(Math.round(calls)),
        ...isOnGpu ? [String(launches ?? "")] : [],
        milliseconds.toFixed(1),
        gflops === 0 ? "" : gflops.toFixed(1),
        percent(share, 1),
      ]),
    ]),
  ].join("\n");
}
