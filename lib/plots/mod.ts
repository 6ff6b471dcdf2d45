/**
 * Figures, and what shows them: charts and grids of images as plain data that
 * Plotly draws in a notebook, tables, live charts, and a button that stops a long
 * cell. Each comes with a picture for places that run no scripts, such as GitHub.
 *
 * @module
 */
export type { Figure, PlotlyObject } from "./figures/figure.ts";
export { barChart, type BarChartOptions } from "./figures/bar_chart.ts";
export {
  confusionFigure,
  type ConfusionOptions,
} from "./figures/confusion_figure.ts";
export {
  distanceHistogram,
  type DistanceHistogramOptions,
} from "./figures/distance_histogram.ts";
export type { ImageGridOptions } from "./figures/captioned_tiles.ts";
export { imageGrid } from "./figures/image_grid.ts";
export {
  type Line,
  lineChart,
  type LineChartOptions,
} from "./figures/line_chart.ts";
export { type LiveChart, liveChart } from "./notebook/live_chart.ts";
export { lossCurve, type LossCurveOptions } from "./figures/loss_curve.ts";
export { type Progress, progress } from "./notebook/progress.ts";
export { scatter2d, type ScatterOptions } from "./figures/scatter_2d.ts";
export { show, type Showable } from "./notebook/show.ts";
export { type StopButton, stopButton } from "./notebook/stop_button.ts";
export { palette } from "./figures/style.ts";
