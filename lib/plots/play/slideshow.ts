import { checkValue, checkWhole } from "../../numeric/domain.ts";
import { checkItems, checkLength, checkSome } from "../../numeric/list.ts";
import { optionsOf } from "../../numeric/options.ts";
import { refuse, shown } from "../../numeric/refuse.ts";
import { type Figure, isFigure, type PlotlyObject } from "../figures/figure.ts";
import { number, object } from "../figures/read.ts";
import { differences, flatten } from "./flatten.ts";
import { shareImages } from "./point_images.ts";
import { slider, sliderHeight } from "./slider.ts";

/** What the steps of a slideshow are called, and how it is moved. */
export interface SlideshowOptions {
  /** What each step is called, such as its number; all different. */
  names: readonly string[];
  /** What is counted, such as "step"; stands before the name of the step. */
  label?: string;
  /** Which figure is seen first and in pictures, from 0; the last by default. */
  start?: number;
  /** Whether there is a button that plays all steps; true by default. */
  play?: boolean;
  /**
   * Whether a click on a point whose `customdata` is the name of a step goes to
   * that step; false by default.
   */
  clickable?: boolean;
}

const action = "make a slideshow";

/**
 * Makes one figure of several, with a slider that goes from one to the next.
 * Only what differs between them is kept for each: points, colors, title,
 * shapes, annotations, ranges of axes …
 *
 * The slider works in every viewer that draws with Plotly. The button that plays
 * and clicks on points work in JupyterLab. A picture shows the figure of
 * `start`, without the slider.
 *
 * Give the axes ranges, so that they stay as they are while the points move.
 *
 * @param figures With as many traces each, in the same order. Images of
 * `withImages` are kept.
 * @throws {RangeError} If there is no figure, the numbers of traces differ, or the
 * names are not as many as the figures or not different.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { barChart } from "../figures/bar_chart.ts";
 *
 * const figures = [barChart({ a: 1 }), barChart({ a: 3 })];
 * const figure = slideshow(figures, { names: ["1", "2"], label: "step" });
 * assert.deepEqual(figure.data[0]?.y, [3]);
 * assert.equal((figure.layout.sliders as unknown[]).length, 1);
 * ```
 */
export function slideshow(
  figures: readonly Figure[],
  options: SlideshowOptions,
): Figure {
  const { names, label = "", ...rest } = optionsOf(action, options);
  const { start = figures.length - 1, play = true, clickable = false } = rest;
  checkFigures(figures);
  checkNames(names, figures.length);
  checkWhole(action, "start", start, 0, figures.length - 1);
  checkValue(action, "play", play, { type: "boolean" });
  checkValue(action, "clickable", clickable, { type: "boolean" });

  const shared = shareImages(figures);
  const { data, layout } = shared.figures[start]!;
  const margin = object(layout.margin);
  const below = number(margin.b, 80);
  const height = number(layout.height, 400);
  const steps = changesOf(shared.figures);
  return {
    data,
    layout: {
      ...layout,
      height: height + sliderHeight,
      margin: { ...margin, b: below + sliderHeight },
      sliders: [slider(names, steps, { label, start, play, below })],
    },
    play: {
      ...(shared.images.length > 0 && { images: shared.images }),
      ...(clickable && { clickable }),
      ...(play && { interval: pace(figures.length) }),
      still: { height, margin },
    },
  };
}

function checkFigures(figures: readonly Figure[]): void {
  checkSome(action, "figures", figures);
  checkItems(action, "figures", figures, isFigure);
  const traces = figures[0]!.data.length;
  figures.forEach(({ data }, i) => {
    if (data.length !== traces) {
      const got = `${data.length} in the figure at ${i}`;
      refuse(action, `${traces} traces as in the first figure`, got);
    }
  });
}

function checkNames(names: readonly string[], count: number): void {
  checkLength(action, "names", names, count);
  checkItems(
    action,
    "names to be texts",
    names,
    (name) => typeof name === "string",
  );
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) {
    refuse(action, "different names", `${shown(twice)} twice`);
  }
}

/** All steps in about eight seconds, each long enough to be seen. */
function pace(steps: number): number {
  return Math.round(Math.min(600, Math.max(80, 8000 / steps)));
}

/** For each figure, what `Plotly.update` is called with to get there. */
function changesOf(figures: readonly Figure[]): unknown[][] {
  const traces = figures[0]!.data.map((_, trace) =>
    figures.map(({ data }) => flatten(data[trace]!))
  );
  const byTrace = traces.map((states) => differences(states));
  const changed = [...byTrace.keys()].filter((i) => byTrace[i]!.size > 0);
  const paths = new Set(changed.flatMap((i) => [...byTrace[i]!.keys()]));
  const layouts = differences(
    figures.map(({ layout: { height: _, margin: __, ...rest } }) =>
      flatten(rest)
    ),
  );
  return figures.map((_, step) => [
    Object.fromEntries(
      [...paths].map((path) => [
        path,
        changed.map((i) => traces[i]![step]![path] ?? null),
      ]),
    ),
    Object.fromEntries(
      [...layouts].map(([path, values]) => [path, values[step]]),
    ) satisfies PlotlyObject,
    changed,
  ]);
}
