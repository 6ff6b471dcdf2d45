import type { PlotlyObject } from "../figures/figure.ts";
import { colors } from "../figures/style.ts";

/** How much a figure grows by its slider, in pixels. */
export const sliderHeight = 76;

/** Room for the button that plays, in pixels. */
const button = 44;

/** What a slider says and where it stands. */
export interface SliderOptions {
  /** What is counted. */
  label: string;
  /** The step that is seen first. */
  start: number;
  /** Whether a button stands at the left. */
  play: boolean;
  /** The margin below the axes, which stays free for their titles. */
  below: number;
}

/**
 * A slider below a figure, as Plotly describes it.
 *
 * @param names Of the steps.
 * @param steps What `Plotly.update` is called with at each.
 */
export function slider(
  names: readonly string[],
  steps: readonly unknown[][],
  { label, start, play, below }: SliderOptions,
): PlotlyObject {
  return {
    active: start,
    x: 0,
    len: 1,
    y: 0,
    yanchor: "top",
    pad: { l: play ? button : 0, r: 8, t: below, b: 0 },
    currentvalue: {
      prefix: label && `${label} `,
      xanchor: "left",
      offset: 6,
      font: { size: 13, color: colors.ink },
    },
    font: { size: 11, color: colors.muted },
    bgcolor: colors.grid,
    activebgcolor: colors.blue,
    bordercolor: colors.muted,
    borderwidth: 1,
    tickcolor: colors.muted,
    ticklen: 4,
    minorticklen: 0,
    steps: names.map((name, i) => ({
      label: name,
      value: name,
      method: "update",
      args: steps[i],
    })),
  };
}
