import {
  type Line,
  lineChart,
  type LineChartOptions,
} from "../../plots/figures/line_chart.ts";
import type { Figure } from "../../plots/figures/figure.ts";
import { upperBound } from "../../numeric/search.ts";

const POINTS = 240;

/** How wide a page's figures are. */
export const WIDTH = 860;

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
  const y = x.map((far) => rates[upperBound(falseAcceptRates, far) - 1]!);
  return { name, x, y };
}

/** Draws shares over numbers that grow by factors, with a tick at each. */
export function shareChart(
  lines: Line[],
  xTicks: number[],
  titles: Pick<LineChartOptions, "xTitle" | "yTitle">,
): Figure {
  const axes = { xLog: true, xTicks, yFormat: ".4~%", width: WIDTH };
  return lineChart(lines, { ...titles, ...axes });
}
