/**
 * Figures, and what shows them: charts and grids of images as plain data that
 * Plotly draws in a notebook, tables, live charts, and a button that stops a long
 * cell. Each comes with a picture for places that run no scripts, such as GitHub.
 *
 * @module
 */

export {
  type AnswerOptions,
  type AnswerRule,
  checkAnswer,
} from "./exercises/check_answer.ts";
export type { Expected } from "./exercises/same_answer.ts";
export { showSolution } from "./exercises/show_solution.ts";
export { explainSkippedCells } from "./cells/explain_skipped_cells.ts";
export type { Figure, FigurePlay, PlotlyObject } from "./figures/figure.ts";
export { barChart, type BarChartOptions } from "./figures/bar_chart.ts";
export {
  confusionFigure,
  type ConfusionOptions,
} from "./figures/confusion_figure.ts";
export {
  distanceHistogram,
  type DistanceHistogramOptions,
} from "./figures/distance_histogram.ts";
export {
  channelGrid,
  type ChannelGridOptions,
} from "./diagrams/channel_grid.ts";
export { distancePlane, type TwoDistances } from "./diagrams/distance_plane.ts";
export { matrixFigure, type MatrixOptions } from "./diagrams/matrix_figure.ts";
export { moduleFigure } from "./diagrams/module_figure.ts";
export type { NetworkRow } from "./diagrams/network_row.ts";
export { type DrawnModule, nn2Figure } from "./diagrams/nn2_figure.ts";
export { borderFigure } from "./evaluation/border_figure.ts";
export {
  classMatrix,
  type ClassMatrixOptions,
} from "./evaluation/class_matrix.ts";
export { histogram, type HistogramOptions } from "./evaluation/histogram.ts";
export {
  type PanelOptions,
  projectionPanels,
} from "./evaluation/projection_panels.ts";
export type { CurvePanel } from "./evaluation/curve_panel.ts";
export {
  type ExperimentPanelOptions,
  experimentPanels,
  type MeasuredPoint,
  type PublishedPoint,
} from "./evaluation/experiment_panels.ts";
export { repeatedCurves } from "./evaluation/repeated_curves.ts";
export type { RepeatedCurve } from "./evaluation/repeated_traces.ts";
export { pathFigure } from "./diagrams/path_figure.ts";
export type { ImageGridOptions } from "./figures/captioned_tiles.ts";
export { imageGrid } from "./figures/image_grid.ts";
export {
  type Line,
  lineChart,
  type LineChartOptions,
} from "./figures/line_chart.ts";
export {
  type CloudOptions,
  embeddingClouds,
} from "./learning/embedding_clouds.ts";
export { layerChart, type LayerValue } from "./learning/layer_chart.ts";
export { speedChart, type SpeedChartOptions } from "./learning/speed_chart.ts";
export type {
  Controls,
  ControlValues,
  SliderControl,
} from "./play/controls.ts";
export {
  drawingPad,
  type PadAnswer,
  type PadOptions,
} from "./drawing/drawing_pad.ts";
export { interact } from "./play/interact.ts";
export { type LiveChart, liveChart } from "./notebook/live_chart.ts";
export { lossCurve, type LossCurveOptions } from "./figures/loss_curve.ts";
export { planeFigure, type PlaneOptions } from "./plane/plane_figure.ts";
export type {
  PlaneArrow,
  PlaneGroup,
  PlanePoint,
} from "./plane/plane_marks.ts";
export type { Playable } from "./encode/playable.ts";
export { type Progress, progress } from "./notebook/progress.ts";
export {
  scatter2d,
  type ScatterOptions,
} from "./figures/scatter/scatter_2d.ts";
export { scatter3d, type SpaceOptions } from "./figures/scatter/scatter_3d.ts";
export { show, type Showable } from "./notebook/show.ts";
export { slideshow, type SlideshowOptions } from "./play/slideshow.ts";
export type { PointImages } from "./play/point_images.ts";
export { type ImagePlaces, withImages } from "./play/with_images.ts";
export type { DistanceBars } from "./recognition/distance_bars.ts";
export {
  recognitionFigure,
  type RecognizedDrawing,
} from "./recognition/recognition_figure.ts";
export { type StopButton, stopButton } from "./notebook/stop_button.ts";
export { tripletToy, type TripletToyOptions } from "./play/triplet_toy.ts";
export { palette } from "./figures/style.ts";
export { bandFigure } from "./triplets/band_figure.ts";
export { type Choice, choiceFigure } from "./triplets/choice_figure.ts";
export { gapFigure, type GapFigureOptions } from "./triplets/gap_figure.ts";
export {
  hingeFigure,
  type HingeFigureOptions,
} from "./triplets/hinge_figure.ts";
export { kindAreas, kindBars } from "./triplets/kind_shares.ts";
export type { KindCounts } from "./triplets/kinds.ts";
export type { NeighborOptions, Neighbors } from "./triplets/neighbors.ts";
