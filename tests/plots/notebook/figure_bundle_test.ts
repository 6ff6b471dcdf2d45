import { isFigure } from "../../../lib/plots/figures/figure.ts";
import { escapeHtml } from "../../../lib/plots/encode/escape.ts";
import {
  figureBundle,
  playableBundle,
  PLOTLY_TYPE,
  withPicture,
} from "../../../lib/plots/notebook/figure_bundle.ts";
import { imageGrid } from "../../../lib/plots/figures/image_grid.ts";
import { lineChart } from "../../../lib/plots/figures/line_chart.ts";
import type { MimeBundle } from "../../../lib/plots/encode/mime_bundle.ts";
import { assert, assertEquals } from "../../assert.ts";
import { stripes } from "../../evaluation/embeddings/digits.ts";

const source = { urls: ["http://here/plotly.js"], integrity: "sha384-sum" };
const chart = lineChart([{ name: "rate", y: [1, 2] }], { title: "Rates" });

/** The picture in a figure's `text/html`. */
function svgIn(bundle: MimeBundle): string {
  const html = bundle["text/html"] as string;
  const [, svg = ""] = /<img src="data:image\/svg\+xml,([^"]*)"/.exec(html) ??
    [];
  return decodeURIComponent(svg);
}

Deno.test("isFigure() knows a figure from what is none", () => {
  assert(isFigure(chart));
  for (const value of [null, undefined, 1, "", [], {}, { data: [] }]) {
    assert(!isFigure(value));
  }
  assert(!isFigure({ data: {}, layout: {} }));
  assert(!isFigure({ data: [], layout: null }));
});

Deno.test("figureBundle() serves every viewer", () => {
  const bundle = figureBundle(chart, source);
  assertEquals(Object.keys(bundle), [PLOTLY_TYPE, "text/html", "text/plain"]);
  const { data, layout } = bundle[PLOTLY_TYPE] as typeof chart;
  assertEquals({ data, layout }, chart);
  assertEquals(bundle["text/plain"], "[figure: Rates · rate]");
  const html = bundle["text/html"] as string;
  assert(html.startsWith('<div class="facenet-figure"'));
  assert(html.includes("[figure: Rates · rate]"));
  assert(html.includes("http://here/plotly.js"));
  assert(html.includes('"displayModeBar":false'));
});

Deno.test("figureBundle() gives an image grid its picture", () => {
  const bundle = figureBundle(imageGrid(stripes([1], 2, 1)), source);
  const png = bundle["image/png"] as string;
  assert(png.startsWith("iVBORw0KGgo"));
  assert(svgIn(bundle).includes(`href="data:image/png;base64,${png}"`));
});

Deno.test("figureBundle() has a picture for pages that do not draw", () => {
  const svg = svgIn(figureBundle(chart, source));
  assert(svg.startsWith("<svg ") && svg.endsWith("</svg>"));
  assert(svg.includes(">Rates</text>"));
});

Deno.test("figureBundle() has a line of text for what it cannot draw", () => {
  const surface = { data: [{ type: "surface" }], layout: {} };
  const html = figureBundle(surface, source)["text/html"] as string;
  assert(html.includes("It is drawn where plotly.js can be loaded"), html);
  assert(!html.includes("<img"));
});

Deno.test("figureBundle() needs no page where nobody serves plotly.js", () => {
  assert(!("text/html" in figureBundle(chart)));
});

Deno.test("figureBundle() keeps a figure's text inside its script", () => {
  const title = '</script><img src=x onerror="alert(1)">';
  const html = figureBundle({ data: [], layout: { title } }, source)[
    "text/html"
  ] as string;
  assertEquals(html.match(/<\/script>/g)!.length, 1);
  assert(html.endsWith("</script>"));
  assertEquals(html.match(/<img/g)!.length, 1);
  assert(!/<[^>]* onerror="/.test(html));
});

Deno.test("withPicture() leaves no script and keeps the figure", () => {
  const kept = withPicture(figureBundle(chart, source), "cGljdHVyZQ==");
  assertEquals(Object.keys(kept), [PLOTLY_TYPE, "text/plain", "image/png"]);
  assertEquals(kept["image/png"], "cGljdHVyZQ==");
});

Deno.test("withPicture() puts the PNG in the place of a drawing", () => {
  const toy = {
    html: "<script>1</script>",
    picture: "<svg></svg>",
    text: "[p]",
  };
  assertEquals(withPicture(playableBundle(toy), "cGljdHVyZQ=="), {
    "text/plain": "[p]",
    "image/png": "cGljdHVyZQ==",
  });
});

Deno.test("escapeHtml() leaves no markup", () => {
  assertEquals(escapeHtml('<a b="c">&'), "&lt;a b=&quot;c&quot;&gt;&amp;");
});
