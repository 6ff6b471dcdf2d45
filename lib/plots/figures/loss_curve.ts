import { checkValue } from "../../numeric/domain.ts";
import { checkLength, checkList, checkSome } from "../../numeric/list.ts";
import { optionsOf } from "../../numeric/options.ts";
import type { Figure, PlotlyObject } from "./figure.ts";
import { checkPlotted, notNegative, plotted, smooth, thin } from "./numbers.ts";
import {
  colors,
  type FigureOptions,
  legendAbove,
  styledAxis,
  styledLayout,
} from "./style.ts";

/** What is drawn beside the loss. */
export interface LossCurveOptions extends FigureOptions {
  /** Accuracies in [0, 1] that were measured on the way; none by default. */
  accuracy?: readonly { step: number; accuracy: number }[];
  /**
   * The triplet margin, drawn as a line: a loss that stays on it belongs to a
   * network that gives every image the same embedding. None by default.
   */
  margin?: number;
}

/**
 * Draws the loss of a training run, with its mean over a twentieth of the run
 * around each step, and the accuracy over the same steps, on an axis that begins at the
 * tenth below the smallest one. Of more than 400
 * steps, the curves show means of neighbours. A loss that is not finite leaves a gap,
 * in the smoothed curve as wide as the mean.
 *
 * @throws {RangeError} If there is no loss, one is not a number, a step is not finite,
 * an accuracy is not in [0, 1], or the margin is negative.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const figure = lossCurve(
 *   [{ step: 1, loss: 0.3 }, { step: 2, loss: 0.1 }],
 *   { accuracy: [{ step: 2, accuracy: 0.9 }], margin: 0.2 },
 * );
 * const names = figure.data.map(({ name }) => name);
 * assert.deepEqual(names, ["loss", "smoothed", "accuracy"]);
 * ```
 */
export function lossCurve(
  history: readonly { step: number; loss: number }[],
  options: LossCurveOptions = {},
): Figure {
  const action = "draw a loss curve";
  const { accuracy = [], margin, ...rest } = optionsOf(action, options);
  if (margin !== undefined) checkValue(action, "margin", margin, notNegative);
  checkSome(action, "losses", history);
  checkLength(action, "accuracies", accuracy);
  checkSteps(action, history);
  checkSteps(action, accuracy);
  const steps = thin(history.map(({ step }) => step));
  const losses = history.map(({ loss }) => loss);
  checkPlotted(action, "losses", losses);
  const shares = accuracy.map((point) => point.accuracy);
  checkList(action, "accuracies", shares, { type: "number", min: 0, max: 1 });
  const hasAccuracy = accuracy.length > 0;
  return {
    data: [
      ...lossTraces(steps, losses),
      ...(hasAccuracy
        ? [accuracyTrace(accuracy.map(({ step }) => step), shares)]
        : []),
    ],
    layout: styledLayout(rest, {
      xaxis: styledAxis("step"),
      yaxis: styledAxis("loss", { rangemode: "tozero" }),
      ...(hasAccuracy && { yaxis2: accuracyAxis(shares) }),
      legend: legendAbove,
      hovermode: "x unified",
      ...(margin !== undefined && marginLine(margin)),
    }),
  };
}

function checkSteps(action: string, points: readonly { step: number }[]): void {
  const steps = Array.from(points, (point) => optionsOf(action, point).step);
  checkList(action, "steps", steps, { type: "number" });
}

function lossTraces(steps: number[], losses: number[]): PlotlyObject[] {
  const line = { type: "scatter", x: plotted(steps, 6), mode: "lines" };
  return [
    {
      ...line,
      name: "loss",
      y: plotted(thin(losses)),
      line: { color: colors.blue, width: 1 },
      opacity: 0.35,
    },
    {
      ...line,
      name: "smoothed",
      y: plotted(thin(smooth(losses))),
      line: { color: colors.blue, width: 2.5 },
    },
  ];
}

function accuracyTrace(steps: number[], shares: number[]): PlotlyObject {
  return {
    type: "scatter",
    name: "accuracy",
    mode: "lines+markers",
    x: plotted(steps, 6),
    y: plotted(shares),
    yaxis: "y2",
    line: { color: colors.orange, width: 2 },
    marker: { size: 7, symbol: "diamond" },
    hovertemplate: "%{y:.2%}",
  };
}

/** From the whole tenth below the smallest accuracy up to 100 %. */
function accuracyAxis(shares: number[]): PlotlyObject {
  const least = Math.min(...shares);
  // A measured 0.6 may be 0.6 less a rounding; no tenth is 100 %.
  const tenth = Math.min(9, Math.floor(10 * least + 1e-9));
  return styledAxis("accuracy", {
    overlaying: "y",
    side: "right",
    tickformat: ".2%",
    tickmode: "auto",
    showgrid: false,
    range: [tenth / 10, 1.02],
  });
}

function marginLine(margin: number): PlotlyObject {
  return {
    shapes: [{
      type: "line",
      xref: "paper",
      x0: 0,
      x1: 1,
      y0: margin,
      y1: margin,
      line: { color: colors.muted, width: 1, dash: "dash" },
    }],
    annotations: [{
      text: `margin ${margin}`,
      xref: "paper",
      x: 1,
      xanchor: "right",
      y: margin,
      yanchor: "bottom",
      showarrow: false,
      font: { color: colors.muted, size: 12 },
    }],
  };
}
