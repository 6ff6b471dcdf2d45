import type { Row } from "./contract.ts";
import type { Measured } from "./measure.ts";
import { ratio, summarize } from "./statistics.ts";

type Succeeded = Extract<Measured, { speeds: number[] }>;

/** The rows of a block, and why some are missing. */
export function rowsOf(
  measured: readonly Measured[],
): { rows: Row[]; failures: string[] } {
  const best = bestVariants(
    measured.filter((one): one is Succeeded => "speeds" in one),
  );
  return {
    rows: best.map((one) => {
      const { row, variant } = one.entry;
      const { median, spread } = summarize(one.speeds);
      const pytorch = best.find((other) => isPyTorchFor(one, other));
      const compared = pytorch && ratio(one.speeds, pytorch.speeds);
      const ceiling = best.find((other) => isCeilingOf(one, other));
      const reached = ceiling && ratio(one.speeds, ceiling.speeds);
      return {
        ...row,
        ...(variant === undefined ? {} : { variant }),
        imagesPerSecond: median,
        spread,
        milliseconds: 1000 * row.batch * row.processes / median,
        ...(compared && {
          ratioToPyTorch: compared.median,
          ratioSpread: compared.spread,
        }),
        ...(reached && {
          ratioToCeiling: reached.median,
          ceilingSpread: reached.spread,
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

/** Of entries whose rows would be the same, the one with the greatest median. */
function bestVariants(succeeded: Succeeded[]): Succeeded[] {
  const best = new Map<string, Succeeded>();
  for (const one of succeeded) {
    const key = JSON.stringify(one.entry.row);
    const other = best.get(key);
    if (!other || medianOf(one) > medianOf(other)) best.set(key, one);
  }
  return [...best.values()];
}

const medianOf = ({ speeds }: Succeeded) => summarize(speeds).median;

/** Processes that know nothing of each other, one for each thread of a team. */
function isCeilingOf(
  { entry: { row } }: Succeeded,
  { entry: { row: other } }: Succeeded,
): boolean {
  return row.engine === "ours" && other.engine === "ours" &&
    row.workers! > 1 && row.processes === 1 &&
    other.processes === row.workers && other.tier === row.tier &&
    other.batch === row.batch;
}

/** Two processes at once are no program that PyTorch could be compared with. */
function isPyTorchFor(
  { entry: { row } }: Succeeded,
  { entry: { row: other } }: Succeeded,
): boolean {
  return row.engine !== "pytorch" && other.engine === "pytorch" &&
    row.processes === 1 && other.threads === (row.workers ?? row.threads) &&
    // tfjs alone is too slow for more than one image at a time.
    (other.batch === row.batch || row.engine.startsWith("tfjs"));
}
