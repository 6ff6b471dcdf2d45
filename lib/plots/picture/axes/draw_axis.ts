import type { Axis } from "./axis.ts";
import type { Frame } from "./place_axes.ts";
import { number, object, text } from "../../figures/read.ts";
import { element, label, short, textWidth } from "../../encode/svg.ts";
import { axisTicks } from "./ticks.ts";

/** How the texts of a picture look. */
export interface Type {
  fontSize: number;
  ink: string;
}

/** Pixels between an axis and its labels. */
const AWAY = 7;

/** How much larger an axis's title is than its labels. */
const TITLE = 1.2;

/** The grid lines of an axis, which lie below everything. */
export function gridLines(axis: Axis, { left, right, top, bottom }: Frame) {
  const { settings, letter } = axis;
  if (settings.visible === false || settings.showgrid === false) return "";
  if (axis.type === "category" && settings.gridcolor === undefined) return "";
  return axisTicks(axis).map(({ unit }) => {
    const at = axis.at(unit);
    return element("path", {
      d: letter === "x"
        ? `M${short(at)},${short(top)}V${short(bottom)}`
        : `M${short(left)},${short(at)}H${short(right)}`,
      stroke: text(settings.gridcolor, "#eeeeee"),
    });
  }).join("");
}

/**
 * The line, the labels and the title of an axis.
 *
 * @param frame The pixels that this axis and its counterpart take.
 */
export function drawAxis(axis: Axis, frame: Frame, type: Type): string {
  const { settings } = axis;
  if (settings.visible === false) return "";
  return axisLine(axis, frame) +
    (axis.letter === "x"
      ? horizontal(axis, frame, type)
      : vertical(axis, frame, type));
}

function axisLine(axis: Axis, { left, right, top, bottom }: Frame): string {
  const { settings, letter } = axis;
  if (settings.linecolor === undefined || settings.showline === false) {
    return "";
  }
  const isFar = settings.side === (letter === "x" ? "top" : "right");
  const paths = letter === "x"
    ? [bottom, top].map((y) => `M${short(left)},${short(y)}H${short(right)}`)
    : [left, right].map((x) => `M${short(x)},${short(top)}V${short(bottom)}`);
  const shown = settings.mirror ? paths : [paths[isFar ? 1 : 0]];
  return element("path", {
    d: shown.join(""),
    stroke: text(settings.linecolor, "#444444"),
    fill: "none",
  });
}

function horizontal(axis: Axis, frame: Frame, { fontSize, ink }: Type): string {
  const { settings } = axis;
  const isTop = settings.side === "top";
  const edge = isTop ? frame.top : frame.bottom;
  const away = isTop ? -AWAY + 3 : AWAY - 3;
  const ticks = settings.showticklabels === false ? [] : axisTicks(axis);
  const wide = ticks.reduce(
    (sum, tick) => sum + textWidth(tick.label, fontSize) + 6,
    0,
  );
  const isTight = wide > frame.right - frame.left;
  const labels = ticks.map((tick) =>
    label(tick.label, axis.at(tick.unit), edge + away, {
      size: fontSize,
      color: ink,
      anchor: isTight ? "end" : "middle",
      vertical: isTop ? "above" : "below",
      ...(isTight && { turned: -30 }),
    })
  );
  const deep = ticks.length === 0
    ? 0
    : isTight
    ? Math.max(...ticks.map((tick) => textWidth(tick.label, fontSize))) / 2
    : fontSize * 1.25;
  const title = titleOf(axis);
  const below = edge + (isTop ? -1 : 1) *
      (Math.abs(away) + deep + number(object(settings.title).standoff, 6));
  return labels.join("") + (title && label(
    title,
    (frame.left + frame.right) / 2,
    below,
    {
      size: fontSize * TITLE,
      color: ink,
      vertical: isTop ? "above" : "below",
    },
  ));
}

function vertical(axis: Axis, frame: Frame, { fontSize, ink }: Type): string {
  const { settings } = axis;
  const isRight = settings.side === "right";
  const edge = isRight ? frame.right : frame.left;
  const outward = isRight ? 1 : -1;
  const ticks = settings.showticklabels === false ? [] : axisTicks(axis);
  const labels = ticks.map((tick) =>
    label(tick.label, edge + outward * AWAY, axis.at(tick.unit), {
      size: fontSize,
      color: ink,
      anchor: isRight ? "start" : "end",
    })
  );
  const title = titleOf(axis);
  const wide = labelRoom(axis, fontSize);
  return labels.join("") + (title && label(
    title,
    edge + outward * (wide + fontSize * 0.85),
    (frame.top + frame.bottom) / 2,
    { size: fontSize * TITLE, color: ink, turned: -90 },
  ));
}

/** Pixels that the labels of an axis at the side take. */
function labelRoom(axis: Axis, fontSize: number): number {
  const { settings } = axis;
  if (settings.visible === false || settings.showticklabels === false) return 4;
  const widths = axisTicks(axis)
    .map((tick) => textWidth(tick.label, fontSize));
  return AWAY + Math.max(0, ...widths) +
    number(object(settings.title).standoff, 6) / 2;
}

/** Pixels that an axis at the side takes, with its title. */
export function sideRoom(axis: Axis, fontSize: number): number {
  return labelRoom(axis, fontSize) + (titleOf(axis) ? fontSize * 1.6 : 4);
}

function titleOf({ settings }: Axis): string {
  const { title } = settings;
  return typeof title === "string" ? title : text(object(title).text, "");
}
