/** A part of a figure or of its style: what Plotly calls a trace, a layout … */
export type PlotlyObject = { [attribute: string]: unknown };

/**
 * A figure as Plotly describes it (https://plotly.com/javascript/reference/):
 * plain JSON that can be changed, saved, and shown by `show`.
 */
export interface Figure {
  /** The traces, first drawn first. */
  data: PlotlyObject[];
  /** Title, axes, size and everything else that is no trace. */
  layout: PlotlyObject;
  /** What pages of this project do beside drawing; others ignore it. */
  play?: FigurePlay;
}

/** What can be done with a figure in a page, beside what Plotly offers. */
export interface FigurePlay {
  /** PNG files in base64; each trace's `meta.images` says which belong to which point. */
  images?: string[];
  /** Whether a click on a point moves the slider to the step that its `customdata` names. */
  clickable?: boolean;
  /** Milliseconds from step to step while the slider plays; no button without. */
  interval?: number;
  /** What the layout has where there is no slider, such as in a picture. */
  still?: PlotlyObject;
}

/**
 * Whether a value looks like a figure.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.ok(isFigure({ data: [], layout: {} }));
 * assert.ok(!isFigure([1, 2]));
 * ```
 */
export function isFigure(value: unknown): value is Figure {
  return typeof value === "object" && value !== null &&
    "data" in value && Array.isArray(value.data) &&
    "layout" in value && typeof value.layout === "object" &&
    value.layout !== null;
}

/** The text of a figure's title, empty if it has none. */
export function figureTitle({ layout }: Figure): string {
  const { title } = layout as { title?: string | { text?: string } };
  return (typeof title === "string" ? title : title?.text) ?? "";
}
