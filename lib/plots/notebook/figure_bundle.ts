import { type Figure, figureTitle } from "../figures/figure.ts";
import { drawInPage } from "../pages/draw_in_page.ts";
import { escapeHtml } from "../encode/escape.ts";
import type { MimeBundle } from "../encode/mime_bundle.ts";
import type { Playable } from "../encode/playable.ts";
import { playScripts } from "../pages/play_scripts.ts";
import { figurePicture } from "../picture/picture.ts";
import { stillFigure } from "../picture/still_figure.ts";
import type { PlotlySource } from "../pages/plotly_source.ts";

/** The media type that VS Code and nteract draw themselves. */
export const PLOTLY_TYPE = "application/vnd.plotly.v1+json";

/**
 * The media type of a figure below sliders, as it is at first. No viewer
 * knows it, so that all take `text/html`, where the sliders are; the pictures of
 * committed notebooks are made of it.
 */
export const FIRST_FIGURE_TYPE = "application/vnd.facenet.figure+json";

/** The media type of a picture that is drawn by this library and not by Plotly. */
export const SVG_TYPE = "image/svg+xml";

/**
 * Makes the output of a figure, for every viewer:
 *
 * - {@linkcode PLOTLY_TYPE}: the figure itself, live in VS Code;
 * - `text/html`, live in JupyterLab: `<div class="facenet-figure">` with a
 *   picture ({@linkcode figurePicture}), and a script that draws into it. Where
 *   scripts are stripped or plotly.js cannot be loaded, the picture is what is
 *   seen; a figure that has none, such as a surface, is a line of text then;
 * - `image/png`, if the figure is an image grid, without its captions;
 * - `text/plain`: title and names of the traces.
 *
 * @param source Where the script finds plotly.js; without, there is no
 * `text/html`.
 */
export function figureBundle(
  figure: Figure,
  source?: PlotlySource,
): MimeBundle {
  const text = describe(figure);
  const png = ownPicture(figure);
  return {
    [PLOTLY_TYPE]: { ...figure, config: CONFIG },
    ...(source && { "text/html": html(figure, text, png, source) }),
    ...(png && { "image/png": png }),
    "text/plain": text,
  };
}

/**
 * Makes the output of something to play with: `text/html` where scripts run,
 * and its picture and text elsewhere.
 */
export function playableBundle(
  { html, picture, text }: Playable,
): MimeBundle {
  return { "text/html": html, [SVG_TYPE]: picture, "text/plain": text };
}

/**
 * Turns the output of a figure, or of something to play with, into the one that
 * a committed notebook keeps: with a picture for every viewer that runs no
 * scripts, and without `text/html`, which is nothing without its script.
 *
 * An output with {@linkcode PLOTLY_TYPE} is a figure, and one with
 * {@linkcode SVG_TYPE} a drawing, and one with {@linkcode FIRST_FIGURE_TYPE} a
 * figure of which the picture alone is kept; others are to be kept as they are.
 *
 * @param png The drawn figure (`Plotly.toImage`) or drawing, in base64. It takes
 * the place of an SVG, which not every viewer shows.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const live = figureBundle({ data: [], layout: { title: "Loss" } });
 * const kept = withPicture({ ...live, "text/html": "<script>" }, "iVBORw0KGgo=");
 * assert.deepEqual(Object.keys(kept), [PLOTLY_TYPE, "text/plain", "image/png"]);
 * ```
 */
export function withPicture(bundle: MimeBundle, png: string): MimeBundle {
  const {
    "text/html": _,
    [SVG_TYPE]: __,
    [FIRST_FIGURE_TYPE]: ___,
    ...kept
  } = bundle;
  return { ...kept, "image/png": png };
}

const CONFIG = { displaylogo: false };

/**
 * The figure as pages of this project draw it: without Plotly's row of buttons,
 * which covers titles and legends. A drag zooms, and a double click goes back.
 */
export function pageFigure(figure: Figure): Figure & { config: object } {
  return { ...figure, config: { ...CONFIG, displayModeBar: false } };
}

function describe(figure: Figure): string {
  const names = figure.data.map(({ name, type }) => name ?? type).join(", ");
  return `[figure: ${
    [figureTitle(figure), names].filter(Boolean).join(" · ")
  }]`;
}

/** The PNG file in an image trace, which is all of an image grid. */
function ownPicture({ data }: Figure): string | undefined {
  const source = data.find(({ type }) => type === "image")?.source;
  const prefix = "data:image/png;base64,";
  return typeof source === "string" && source.startsWith(prefix)
    ? source.slice(prefix.length)
    : undefined;
}

function html(
  figure: Figure,
  text: string,
  png: string | undefined,
  source: PlotlySource,
): string {
  const id = `figure-${crypto.randomUUID()}`;
  const alt = escapeHtml(text);
  const picture = svgAddress(figure) ?? (png && `data:image/png;base64,${png}`);
  const standIn = picture
    ? `<img src="${picture}" alt="${alt}">`
    : `<p>${alt} It is drawn where plotly.js can be loaded: run the cell, or open this with a network.</p>`;
  const values = [
    ...[id, pageFigure(figure), source].map(toScript),
    playScripts(figure),
  ];
  return `<div class="facenet-figure" id="${id}">${standIn}</div>
<script>(${drawInPage})(${values.join(", ")});</script>`;
}

/** The figure's picture as an address that may stand in an attribute. */
function svgAddress(figure: Figure): string | undefined {
  let svg: string | undefined;
  try {
    svg = figurePicture(stillFigure(figure));
  } catch {
    // Plotly draws more than this can; a stand-in must not keep it from that.
  }
  return svg &&
    `data:image/svg+xml,${
      svg.replace(/[%#<>"&\n\r]|[^\x20-\x7e]+/g, encodeURIComponent)
    }`;
}

/** JSON that cannot end the script element it stands in. */
export function toScript(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}
