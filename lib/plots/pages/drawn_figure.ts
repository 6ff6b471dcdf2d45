import type { Figure, PlotlyObject } from "../figures/figure.ts";

/** An element of a page that plotly.js has drawn a figure into. */
export interface DrawnFigure extends HTMLElement {
  data: PlotlyObject[];
  layout: PlotlyObject;
  on(event: string, listener: (event: PlotlyEvent) => void): void;
  /** The figure that is seen now, with what goes beyond Plotly. */
  facenetFigure?: Figure;
}

/** What plotly.js tells of the pointer. */
export interface PlotlyEvent {
  points?: {
    data: PlotlyObject;
    /** Row and column in a heat map. */
    pointNumber: number | [number, number];
    customdata?: unknown;
  }[];
}

/** The page's `window`, with plotly.js and what of it is used here. */
export interface PlotlyPage {
  Plotly?: {
    newPlot(place: Element, figure: Figure): unknown;
    react(place: Element, figure: Figure): unknown;
    relayout(place: Element, layout: PlotlyObject): unknown;
    update(
      place: Element,
      data: PlotlyObject,
      layout: PlotlyObject,
      traces: number[],
    ): unknown;
  };
}

/** What is called with a figure once it has been drawn into an element. */
export type AfterDrawing = (place: DrawnFigure, figure: Figure) => void;
