import {
  checkItems,
  checkLength,
  checkList,
  checkSome,
} from "../../numeric/list.ts";
import type { PlotlyObject } from "../figures/figure.ts";
import { plotted } from "../figures/numbers.ts";

/** Values that were measured once or several times at each place of an axis. */
export interface RepeatedCurve {
  /** What the legend calls it. */
  name: string;
  /** A place for each list of runs. */
  x: ArrayLike<number>;
  /** What the runs at each place gave. */
  runs: readonly ArrayLike<number>[];
  /**
   * As many as `x`: how far bars reach up and down. One standard deviation of the
   * runs by default, and no bar where there is one run.
   */
  error?: ArrayLike<number>;
}

/** How a curve is drawn. */
export interface CurveStyle {
  color: string;
  /** Whether lines join the means. */
  isJoined: boolean;
  /** Whether the legend has it. */
  isNew: boolean;
  xaxis: string;
  yaxis: string;
}

const number = { type: "number" } as const;

/**
 * Refuses what cannot be drawn as a curve.
 *
 * @throws {RangeError} If there is no run, a value is not finite, or lengths differ.
 */
export function checkRepeated({ name, x, runs, error }: RepeatedCurve): void {
  const action = `draw the curve ${name}`;
  checkSome(action, "places", x);
  checkList(action, "places", x, number);
  checkLength(action, "lists of runs", runs, x.length);
  const isSome = (list: unknown) =>
    Array.isArray(list) ? list.length > 0 : ArrayBuffer.isView(list);
  checkItems(action, "lists of runs with a run each", runs, isSome);
  for (const values of runs) checkList(action, "values", values, number);
  if (error !== undefined) {
    checkList(action, "errors", error, { type: "number", min: 0 }, x.length);
  }
}

/**
 * The means of a curve with their bars, and each run as a point behind them, where
 * there are several.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const style = { color: "#000", isJoined: true, isNew: true, xaxis: "x", yaxis: "y" };
 * const curve = { name: "a", x: [1], runs: [[2, 4]] };
 * const [mean, points] = repeatedTraces(curve, style);
 * assert.deepEqual(mean?.y, [3]);
 * assert.deepEqual(points?.y, [2, 4]);
 * ```
 */
export function repeatedTraces(
  { name, x, runs, error }: RepeatedCurve,
  { color, isJoined, isNew, ...axes }: CurveStyle,
): PlotlyObject[] {
  const spreads = error ?? runs.map(deviation);
  const isRepeated = runs.some(({ length }) => length > 1);
  const hasBars = Array.from(spreads).some((spread) => spread > 0);
  return [
    {
      type: "scatter",
      mode: isJoined ? "lines+markers" : "markers",
      name,
      x: plotted(x, 9),
      y: plotted(runs.map(mean), 6),
      ...axes,
      line: { color, width: 2 },
      marker: { color, size: isJoined ? 7 : 10 },
      ...(hasBars && { error_y: { array: plotted(spreads), thickness: 1.5 } }),
      showlegend: isNew,
    },
    ...(isRepeated
      ? [{
        type: "scatter",
        mode: "markers",
        name: `${name}: a run`,
        x: plotted(runs.flatMap((list, i) => Array.from(list, () => x[i]!)), 9),
        y: plotted(runs.flatMap((list) => Array.from(list)), 6),
        ...axes,
        marker: { color, size: 5, opacity: 0.45 },
        showlegend: false,
      }]
      : []),
  ];
}

const mean = (values: ArrayLike<number>) =>
  Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

/** The standard deviation that several values are a sample of; 0 of one. */
function deviation(values: ArrayLike<number>): number {
  if (values.length < 2) return 0;
  const middle = mean(values);
  const squares = Array.from(values, (value) => (value - middle) ** 2);
  return Math.sqrt(mean(squares) * values.length / (values.length - 1));
}
