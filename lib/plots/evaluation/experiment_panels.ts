import { checkValue } from "../../numeric/domain.ts";
import { checkItems, checkSome } from "../../numeric/list.ts";
import { optionsOf } from "../../numeric/options.ts";
import type { CurvePanel } from "./curve_panel.ts";

const action = "draw an experiment";

/** A value of a setting, and what each run with it gave. */
export interface MeasuredPoint {
  value: number | string;
  runs: readonly { centroidAccuracy: number; validationRate: number }[];
}

/** What a paper found at a value. */
export interface PublishedPoint {
  value: number | string;
  validationRate: number;
  /** Its standard error, where the paper has one. */
  error?: number;
}

/** How an experiment is drawn. */
export interface ExperimentPanelOptions {
  /** What the horizontal axis shows. */
  xTitle?: string;
  /** Whether it is logarithmic, where values are numbers; not by default. */
  xLog?: boolean;
  /** A paper's results, in a panel of their own; none by default. */
  paper?: readonly PublishedPoint[];
}

/**
 * Makes the panels of an experiment for `repeatedCurves`: VAL and accuracy over the
 * values of a setting, and beside them what a paper found. Values that are numbers
 * lie on an axis of numbers; others are names side by side.
 *
 * @throws {RangeError} If there is no point, or one has no runs.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const runs = [{ centroidAccuracy: 0.9, validationRate: 0.6 }];
 * const [ours, theirs] = experimentPanels([{ value: 64, runs }], {
 *   paper: [{ value: 64, validationRate: 0.868, error: 0.017 }],
 * });
 * assert.deepEqual(ours?.curves.map(({ runs }) => runs), [[[0.6]], [[0.9]]]);
 * assert.deepEqual(theirs?.curves[0]?.error, [0.017]);
 * ```
 */
export function experimentPanels(
  points: readonly MeasuredPoint[],
  options: ExperimentPanelOptions = {},
): CurvePanel[] {
  const { paper, xTitle = "", xLog = false } = optionsOf(action, options);
  checkValue(action, "xLog", xLog, { type: "boolean" });
  checkSome(action, "points", points);
  const hasRuns = (point: unknown) => {
    const { runs } = optionsOf(action, point as MeasuredPoint);
    return Array.isArray(runs) && runs.length > 0;
  };
  checkItems(action, "points with runs", points, hasRuns);
  if (paper !== undefined) checkSome(action, "the paper's points", paper);
  const of = (measure: keyof MeasuredPoint["runs"][number]) =>
    points.map(({ runs }) => runs.map((run) => run[measure]));
  const axis = { xTitle, xLog, yFormat: ".0%" };
  const { x, ...places } = placesOf(points);
  const ours: CurvePanel = {
    ...(paper && { name: "Ours: digits" }),
    curves: [
      { name: VAL, x, runs: of("validationRate") },
      { name: "accuracy", x, runs: of("centroidAccuracy") },
    ],
    ...axis,
    ...places,
  };
  return paper ? [ours, { ...axis, ...paperPanel(paper) }] : [ours];
}

const VAL = "VAL at a FAR of 0.1 %";

function paperPanel(paper: readonly PublishedPoint[]): CurvePanel {
  const { x, ...places } = placesOf(paper);
  const errors = paper.map(({ error = 0 }) => error);
  return {
    name: "The paper: faces",
    curves: [{
      name: VAL,
      x,
      runs: paper.map(({ validationRate }) => [validationRate]),
      ...(errors.some((error) => error > 0) && { error: errors }),
    }],
    ...places,
  };
}

function placesOf(
  points: readonly { value: number | string }[],
): { x: number[] } & Pick<CurvePanel, "xTicks" | "xNames"> {
  const values = points.map(({ value }) => value);
  const numbers = values.filter((value) => typeof value === "number");
  return numbers.length === values.length
    ? { x: numbers, xTicks: numbers }
    : { x: [...values.keys()], xNames: values.map(nameInLines) };
}

/** "batch-easy-positive" in three lines, so that names have room. */
const nameInLines = (value: number | string) =>
  `${value}`.replace(/-/g, "-<br>");
