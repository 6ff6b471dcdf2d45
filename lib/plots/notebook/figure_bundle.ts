import { type Figure, figureTitle } from "../figures/figure.ts";
import { drawInPage } from "./draw_in_page.ts";
import { escapeHtml } from "../encode/escape.ts";
import type { MimeBundle } from "./output.ts";
import { figurePicture } from "../picture/picture.ts";
import type { PlotlySource } from "./plotly_source.ts";

/** The media type that VS Code and nteract draw themselves. */
export const PLOTLY_TYPE = "application/vnd.plotly.v1+json";

/**
 * Makes the output of a figure, for every viewer:
 *
 * - {@linkcode PLOTLY_TYPE}: the figure itself, live in VS Code;
 * - `text/html`, live in JupyterLab: `<div class="facenet-figure">` with a
 *   picture ({@linkcode figurePicture}), and a script that draws into it. Where
 *   scripts are stripped or plotly.js cannot be loaded, the picture is what is
 *   seen; a figure that has none, such as one in 3-D, is a line of text then;
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
 * Turns the output of a figure into the one that a committed notebook keeps:
 * with a picture for every viewer that does not draw, and without
 * `text/html`, whose script needs the running kernel.
 *
 * An output with {@linkcode PLOTLY_TYPE} is a figure; others are to be kept as
 * they are.
 *
 * @param png The drawn figure (`Plotly.toImage`), in base64.
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
  const { "text/html": _, ...kept } = bundle;
  return { ...kept, "image/png": png };
}

const CONFIG = { displaylogo: false };

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
  const values = [id, { ...figure, config: CONFIG }, source].map(toScript);
  return `<div class="facenet-figure" id="${id}">${standIn}</div>
<script>(${drawInPage})(${values.join(", ")});</script>`;
}

/** The figure's picture as an address that may stand in an attribute. */
function svgAddress(figure: Figure): string | undefined {
  let svg: string | undefined;
  try {
    svg = figurePicture(figure);
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
