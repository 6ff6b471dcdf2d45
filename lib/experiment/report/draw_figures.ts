import type { Figure, PlotlyObject } from "../../plots/figures/figure.ts";

/** What plotly.js, which stands before, has put into the page's `window`. */
interface Page {
  Plotly: {
    newPlot(
      place: Element,
      data: PlotlyObject[],
      layout: PlotlyObject,
      config: PlotlyObject,
    ): void;
  };
}

/**
 * Draws all figures of a page into the elements `figure-1`, `figure-2` … This
 * runs in the page, not here: its source stands there, so it uses nothing from
 * outside of it.
 *
 * Figures take the width of their element. Those that are pictures keep their
 * proportions.
 */
export function drawFigures(figures: readonly Figure[]): void {
  const { Plotly } = globalThis as typeof globalThis & Page;
  figures.forEach(({ data, layout }, i) => {
    const place = document.getElementById(`figure-${i + 1}`);
    const fluid = data.every(({ type }) => type !== "image");
    const { width: _, ...others } = layout;
    if (place) {
      Plotly.newPlot(place, data, fluid ? others : layout, {
        displayModeBar: false, // It would lie over the legend.
        responsive: fluid,
      });
    }
  });
}
