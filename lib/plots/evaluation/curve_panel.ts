import { checkValue } from "../../numeric/domain.ts";
import { checkItems, checkList, checkSome } from "../../numeric/list.ts";
import { optionsOf } from "../../numeric/options.ts";
import type { PlotlyObject } from "../figures/figure.ts";
import { styledAxis } from "../figures/style.ts";
import { checkRepeated, type RepeatedCurve } from "./repeated_traces.ts";

/** Between two panels, as a part of the whole width: room for numbers and a title. */
const GAP = 0.13;

/** Curves over axes of their own. */
export interface CurvePanel {
  /** What stands above the panel; nothing by default. */
  name?: string;
  curves: readonly RepeatedCurve[];
  xTitle?: string;
  yTitle?: string;
  /** Whether the horizontal axis is logarithmic; not by default. */
  xLog?: boolean;
  /** Where the horizontal axis has its ticks; Plotly's choice by default. */
  xTicks?: readonly number[];
  /**
   * What stands below 0, 1, 2 … of the horizontal axis. Things with names have no
   * order, so no line joins them; the numbers, with lines, by default.
   */
  xNames?: readonly string[];
  /** How values are written, in d3-format: ".0%" … */
  yFormat?: string;
  /** From where to where the vertical axis goes; Plotly's choice by default. */
  yRange?: readonly [number, number];
}

/**
 * Refuses what cannot be drawn as a panel.
 *
 * @throws {RangeError} If there is no curve, a value is not finite, or lengths differ.
 */
export function checkPanel(action: string, panel: CurvePanel): void {
  const { curves, xLog = false, xTicks, xNames, yRange } = panel;
  checkSome(action, "curves", curves);
  for (const curve of curves) checkRepeated(optionsOf(action, curve));
  checkValue(action, "xLog", xLog, { type: "boolean" });
  if (xTicks !== undefined) {
    checkList(action, "xTicks", xTicks, { type: "number" });
  }
  if (yRange !== undefined) {
    checkList(action, "yRange", yRange, { type: "number" }, 2);
  }
  if (xNames === undefined) return;
  checkSome(action, "xNames", xNames);
  const isText = (name: unknown) => typeof name === "string";
  checkItems(action, "xNames to be text", xNames, isText);
}

/** The part of the whole width that a panel has. */
export function domainOf(place: number, count: number): [number, number] {
  const width = (1 - GAP * (count - 1)) / count;
  const left = place * (width + GAP);
  return [left, Math.min(1, left + width)];
}

/** What a trace calls the axes of its panel. */
export function axisNames(place: number): { xaxis: string; yaxis: string } {
  const end = place === 0 ? "" : `${place + 1}`;
  return { xaxis: `x${end}`, yaxis: `y${end}` };
}

/** By their names in the layout. */
export function axesOf(
  { xTitle = "", yTitle = "", ...panel }: CurvePanel,
  place: number,
  domain: [number, number],
): PlotlyObject {
  const { xLog, xTicks, xNames, yFormat, yRange } = panel;
  const { xaxis, yaxis } = axisNames(place);
  return {
    [xaxis.replace("x", "xaxis")]: styledAxis(xTitle, {
      domain,
      anchor: yaxis,
      ...(xLog && { type: "log" }),
      ...(xTicks &&
        { tickvals: [...xTicks], ticktext: xTicks.map(shortNumber) }),
      ...(xNames && {
        tickvals: [...xNames.keys()],
        ticktext: [...xNames],
        range: [-0.5, xNames.length - 0.5],
      }),
    }),
    [yaxis.replace("y", "yaxis")]: styledAxis(yTitle, {
      anchor: xaxis,
      ...(yFormat && { tickformat: yFormat }),
      ...(yRange && { range: [...yRange] }),
    }),
  };
}

/** 65,536 → "65.5K" */
const shortNumber = (value: number) =>
  value.toLocaleString("en-US", {
    notation: "compact",
    maximumSignificantDigits: 3,
  });

/** The panel's name over its left end. */
export function noteAbove(
  { name }: CurvePanel,
  [left]: [number, number],
): PlotlyObject[] {
  if (!name) return [];
  return [{
    text: name,
    xref: "paper",
    yref: "paper",
    x: left,
    y: 1,
    xanchor: "left",
    yanchor: "bottom",
    showarrow: false,
    font: { size: 14 },
  }];
}
