import { lastUpTo } from "../../evaluation/verification/accepted.ts";
import type { Line } from "../../plots/figures/line_chart.ts";

const POINTS = 240;

/**
 * A curve of up to millions of points as a line that a page can hold: at
 * rates as far apart as each other on a logarithmic axis, from the smallest
 * that can be counted to 1.
 *
 * @param falseAcceptRates Ascending, the horizontal axis.
 * @param rates The vertical axis.
 * @param impostors How many false accepts there could be.
 */
export function lineOverFar(
  name: string,
  falseAcceptRates: Float64Array,
  rates: Float64Array,
  impostors: number,
): Line {
  const x = Array.from(
    { length: POINTS },
    (_, i) => impostors ** (i / (POINTS - 1) - 1),
  );
  const y = x.map((far) => rates[lastUpTo(falseAcceptRates, far)]!);
  return { name, x, y };
}
