/** A place on two axes, in their own units; a category's unit is its number. */
export type AxisPlace = readonly [x: number, y: number];

/** What a trace puts onto its axes. */
export type Mark =
  | AreaMark
  | LineMark
  | PointsMark
  | ArrowMark
  | WordsMark
  | PictureMark;

/** A rectangle, such as a bar or a cell. */
export interface AreaMark {
  kind: "area";
  x: readonly [number, number];
  y: readonly [number, number];
  color: string;
  opacity: number;
  /** Pixels that it is smaller by, on either axis. */
  gap?: readonly [number, number];
  /** The axis along which it grows from 0, if it is a bar. */
  grows?: "x" | "y";
  text?: string;
  /** Where the text is: in it, or past its end. */
  textAt?: "inside" | "outside";
}

/** A line through places, broken where one is missing. */
export interface LineMark {
  kind: "line";
  places: readonly (AxisPlace | undefined)[];
  color: string;
  width: number;
  dash?: string | undefined;
  opacity: number;
  /** The color inside, half transparent, where the line goes round an area. */
  fill?: string;
}

/** Points of one look. */
export interface PointsMark {
  kind: "points";
  places: readonly AxisPlace[];
  symbol: string;
  /** In pixels. */
  size: number;
  color: string;
  opacity: number;
  /** The width and the color of a line around each. */
  border?: { width: number; color: string };
}

/** The head of an arrow at the second of two places, away from the first. */
export interface ArrowMark {
  kind: "arrow";
  places: readonly [from: AxisPlace, to: AxisPlace];
  color: string;
  /** In pixels. */
  size: number;
  /** Pixels that it keeps away from the second place. */
  standoff: number;
}

/** Texts at places. */
export interface WordsMark {
  kind: "words";
  places: readonly AxisPlace[];
  texts: readonly string[];
  colors: readonly string[];
  size: number;
  /** As in Plotly: `top center`, `middle right` … */
  position: string;
  /** Pixels to keep away from the place: the radius of its point. */
  distance: number;
}

/** A picture that fills a rectangle. */
export interface PictureMark {
  kind: "picture";
  x: readonly [number, number];
  y: readonly [number, number];
  source: string;
}

/** A trace in marks, and the axes that it is drawn on. */
export interface DrawnTrace {
  xAxis: string;
  yAxis: string;
  /** What the legend says and shows. */
  name: string;
  color: string;
  inLegend: boolean;
  /** Whether what is outside of the axes is cut off. */
  isClipped: boolean;
  marks: Mark[];
}
