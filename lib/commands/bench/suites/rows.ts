import type { BenchRow, RowHead } from "../report/contract.ts";
import type { MeasuredCase } from "./measure_suite.ts";
import { medianAndSpread, ratio } from "../report/statistics.ts";

type Succeeded = Extract<MeasuredCase, { speeds: number[] }>;

/** The rows of a suite, and why some are missing. */
export function benchRows(
  measured: readonly MeasuredCase[],
): { rows: BenchRow[]; failures: string[] } {
  const best = bestVariants(
    measured.filter((one): one is Succeeded => "speeds" in one),
  );
  return {
    rows: best.map((one) => {
      const { row, variant } = one;
      const { median, spread } = medianAndSpread(one.speeds);
      /** How many times as fast as another, where there is one. */
      const against = (isOther: (one: RowHead, other: RowHead) => boolean) => {
        const other = best.find((other) => isOther(row, other.row));
        return other && ratio(one.speeds, other.speeds);
      };
      const pytorch = against(isPyTorchFor);
      const stock = against(isStockFor);
      const ceiling = against(isCeilingOf);
      const oneThread = against(isOneThreadFor);
      return {
        ...row,
        ...(variant === undefined ? {} : { variant }),
        imagesPerSecond: median,
        spread,
        milliseconds: 1000 * row.batch * row.processes / median,
        ...(one.launches !== undefined && { launches: one.launches }),
        ...(pytorch && {
          ratioToPyTorch: pytorch.median,
          ratioSpread: pytorch.spread,
        }),
        ...(stock && {
          ratioToStock: stock.median,
          stockSpread: stock.spread,
        }),
        ...(ceiling && {
          ratioToCeiling: ceiling.median,
          ceilingSpread: ceiling.spread,
        }),
        ...(oneThread && {
          ratioToOneThread: oneThread.median,
          oneThreadSpread: oneThread.spread,
        }),
      };
    }),
    failures: [
      ...new Set(
        measured.flatMap((one) => "failure" in one ? [one.failure] : []),
      ),
    ],
  };
}

/** Of cases whose rows would be the same, the one with the greatest median. */
function bestVariants(succeeded: Succeeded[]): Succeeded[] {
  const best = new Map<string, Succeeded>();
  for (const one of succeeded) {
    const key = JSON.stringify(one.row);
    const other = best.get(key);
    if (!other || medianOf(one) > medianOf(other)) best.set(key, one);
  }
  return [...best.values()];
}

const medianOf = ({ speeds }: Succeeded) => medianAndSpread(speeds).median;

/** Processes of one thread that know nothing of each other, one for each thread. */
function isCeilingOf(row: RowHead, other: RowHead): boolean {
  return isSameWork(row, other) && row.workers! > 1 && row.processes === 1 &&
    other.processes === row.workers;
}

function isOneThreadFor(row: RowHead, other: RowHead): boolean {
  return isSameWork(row, other) && row.workers! * row.processes > 1 &&
    other.workers! * other.processes === 1;
}

const isSameWork = (row: RowHead, other: RowHead) =>
  row.engine === "ours" && other.engine === "ours" &&
  other.tier === row.tier && other.batch === row.batch;

/** tfjs's own kernels on the same GPU. */
const isStockFor = (row: RowHead, other: RowHead) =>
  row.backend === "webgpu" && other.engine === "tfjs-webgpu" &&
  other.device === row.device && other.batch === row.batch;

/** Two processes at once are no program that PyTorch could be compared with. */
function isPyTorchFor(row: RowHead, other: RowHead): boolean {
  return row.engine !== "pytorch" && other.engine === "pytorch" &&
    row.processes === 1 && other.threads === (row.workers ?? row.threads) &&
    // On a GPU nobody has threads.
    other.device === row.device && other.precision !== "tf32" &&
    // tfjs alone is too slow for more than one image at a time.
    (other.batch === row.batch || row.engine.startsWith("tfjs"));
}
