import type { Figure } from "../../plots/figures/figure.ts";
import { escapeHtml } from "../../plots/encode/escape.ts";
import { toScript } from "../../plots/notebook/figure_bundle.ts";
import { tableBundle, type TextTable } from "../../plots/tables/table.ts";
import { drawFigures } from "./draw_figures.ts";
import { pageStyle } from "./page_style.ts";
import type { Drawing, Section } from "./section.ts";

/** What a page says. */
export interface Page {
  title: string;
  /** The line below the title. */
  facts: string;
  sections: readonly Section[];
  /** The last line. */
  footer: string;
}

/** Nothing but what stands in the page itself may be loaded or run. */
const policy =
  "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:";

/**
 * Makes a page of sections that opens without a network: one HTML file with
 * plotly.js (4.8 MB) and all figures in it. Equal sections make equal pages,
 * byte for byte.
 *
 * @param plotly The source of plotly.js, as `readPlotly` gives it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const page = pageHtml(
 *   { title: "a < b", facts: "", sections: [], footer: "" },
 *   "",
 * );
 * assert.ok(page.startsWith("<!DOCTYPE html>"));
 * assert.ok(page.includes("<h1>a &lt; b</h1>"));
 * ```
 */
export function pageHtml(
  { title, facts, sections, footer }: Page,
  plotly: string,
): string {
  const figures: Figure[] = [];
  const place = ({ figure, caption }: Drawing) => {
    const { width, height } = figure.layout;
    return `<figure>
<div class="plot" id="figure-${
      figures.push(figure)
    }" style="max-width: ${width}px; min-height: ${height}px"></div>
<figcaption>${escapeHtml(caption)}</figcaption>
</figure>`;
  };
  const body = sections.map((section, i) => sectionHtml(section, i, place));
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${pageStyle}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
<p class="facts">${escapeHtml(facts)}</p>
${summaryHtml(sections)}
${body.join("\n")}
<footer>${escapeHtml(footer)}</footer>
</main>
<noscript><p>The figures need JavaScript; nothing is loaded.</p></noscript>
<script>${inScript(plotly)}</script>
<script>(${drawFigures})(${toScript(figures)});</script>
</body>
</html>
`;
}

function sectionHtml(
  { title, about, tables, notes, drawings }: Section,
  index: number,
  place: (drawing: Drawing) => string,
): string {
  const items = notes.map((note) => `<li>${escapeHtml(note)}</li>`);
  return `<section id="section-${index + 1}">
<h2>${escapeHtml(title)}</h2>
<p>${escapeHtml(about)}</p>
<div class="tables">${tables.map(tableHtml).join("\n")}</div>
${items.length > 0 ? `<ul class="notes">${items.join("\n")}</ul>` : ""}
${drawings.map(place).join("\n")}
</section>`;
}

function summaryHtml(sections: readonly Section[]): string {
  const rows = sections.flatMap(({ headlines }) =>
    headlines.map(({ measure, value, good }) => [measure, value, good])
  );
  const table = {
    caption: "",
    head: ["measure", "value", "good is"],
    rows,
    numeric: [false, false, false],
  };
  const links = sections.map(({ title }, i) =>
    `<a href="#section-${i + 1}">${escapeHtml(title)}</a>`
  );
  return `<section class="summary">
<h2>Summary</h2>
<div class="tables">${tableHtml(table)}</div>
<p class="facts">${links.join(" · ")}</p>
</section>`;
}

function tableHtml(table: TextTable): string {
  return `<div class="table">${tableBundle(table)["text/html"]}</div>`;
}

/**
 * A program that cannot end the script element it stands in. Where it names
 * such tags, it does so in strings and patterns, where an escape is the same.
 */
function inScript(program: string): string {
  return program.replaceAll(/<(?=\/script|script|!--)/gi, "\\x3C");
}
