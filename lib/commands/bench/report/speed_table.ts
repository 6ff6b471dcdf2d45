import type { BenchRow, MemoryUse, Peak } from "./contract.ts";
import { textTable } from "./text_table.ts";

/** What a row may be compared with: how many times as fast, and the spread. */
const comparisons = [
  ["× tfjs", "ratioToStock", "stockSpread"],
  ["× PyTorch", "ratioToPyTorch", "ratioSpread"],
  ["× ceiling", "ratioToCeiling", "ceilingSpread"],
  ["× one thread", "ratioToOneThread", "oneThreadSpread"],
] as const;

/** The table of speeds, for people. */
export function speedTable(rows: readonly BenchRow[]): string {
  const compared = comparisons.filter(([, ratio]) =>
    rows.some((row) => row[ratio] !== undefined)
  );
  const isOnGpu = rows.some(({ launches }) => launches !== undefined);
  return textTable([
    [
      ...["task", "network", "batch", "engine", "threads", "images/s"],
      ...["(spread)", "ms", ...isOnGpu ? ["launches"] : []],
      ...compared.flatMap(([name]) => [name, "(spread)"]),
    ],
    ...rows.map((row) => [
      row.task,
      row.network ?? "",
      String(row.batch),
      engineName(row) + (row.variant === undefined ? "" : `, ${row.variant}`),
      (row.processes > 1 ? `${row.processes} × ` : "") +
      (row.workers ?? row.threads ?? ""),
      digits(row.imagesPerSecond),
      range(row.spread),
      digits(row.milliseconds),
      ...isOnGpu ? [row.launches?.toFixed(0) ?? ""] : [],
      ...compared.flatMap(([, ratio, spread]) => [
        row[ratio] === undefined ? "" : digits(row[ratio]),
        row[spread] === undefined ? "" : range(row[spread]),
      ]),
    ]),
  ]);
}

/** How many times as fast one thread trains as tfjs does by itself; `undefined` if not measured. */
export function againstStock(rows: readonly BenchRow[]): string | undefined {
  const training = rows.filter((row) =>
    row.task === "train" && row.network === "NN2-28" &&
    row.processes === 1 && (row.workers ?? row.threads) === 1
  );
  const stock = training.find(({ engine }) => engine === "tfjs-cpu");
  if (!stock) return undefined;
  const ours = training.filter(({ engine }) => engine === "ours");
  const times = ours.map((row) => {
    const ratio = Math.round(row.imagesPerSecond / stock.imagesPerSecond);
    return `${ratio.toLocaleString("en")} times (${engineName(row)})`;
  });
  return times.length === 0
    ? undefined
    : `One thread trains NN2-28 ${
      times.join(" and ")
    } as fast as tfjs's cpu backend.`;
}

/** The table of peaks. */
export function peakTable(peaks: readonly Peak[]): string {
  return textTable([
    ["peak of one thread", "GFLOP/s"],
    ...peaks.map((peak) => [
      `${engineName(peak)}, ${
        peak.engine === "ours" ? "multiply-adds in registers" : "sgemm 1024"
      }`,
      digits(peak.gflops),
    ]),
  ]);
}

/** The table of memory. */
export function memoryTable(memory: readonly MemoryUse[]): string {
  return textTable([
    ["resident memory of training", "threads", "batch", "GB"],
    ...memory.map((one) => [
      (one.preset === undefined ? one.network : `${one.preset} preset`) +
      `, ${engineName(one)}`,
      String(one.workers ?? one.threads),
      String(one.batch),
      (one.bytes / 1e9).toFixed(2),
    ]),
  ]);
}

/** The name of an engine, of ours with its tier, and where it computes. */
export function engineName(
  { engine, tier, backend, precision }: Partial<
    Pick<BenchRow, "engine" | "tier" | "backend" | "precision">
  >,
): string {
  if (engine === "pytorch") {
    return precision ? `PyTorch on the GPU, ${precision}` : "PyTorch";
  }
  if (engine !== "ours") return `${engine?.replace("tfjs-", "tfjs ")}`;
  if (backend === "webgpu") return "ours, webgpu";
  return tier === "flags" ? "ours, V8 flags" : "ours, no flags";
}

/** Three digits, or all before the point. */
function digits(value: number): string {
  if (value >= 100) return value.toFixed(0);
  const decimals = value >= 10 ? 1 : value >= 0.995 ? 2 : 3;
  return value.toFixed(value < 0.1 ? 4 : decimals);
}

const range = ([least, greatest]: readonly [number, number]) =>
  `${digits(least)}–${digits(greatest)}`;
