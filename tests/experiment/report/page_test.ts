import { drawFigures } from "../../../lib/experiment/report/draw_figures.ts";
import { pageHtml } from "../../../lib/experiment/report/page.ts";
import type { Section } from "../../../lib/experiment/report/section.ts";
import { lineChart } from "../../../lib/plots/figures/line_chart.ts";
import { readPlotly } from "../../../lib/plots/pages/plotly_source.ts";
import { assert, assertEquals } from "../../assert.ts";
import { readTags } from "./html.ts";

const section: Section = {
  title: 'Digits < 5 & "others"',
  about: "About <b>this</b>.",
  headlines: [{ measure: "a", value: "1 %", good: "100 % at best" }],
  tables: [{
    caption: "",
    head: ["K", "recall"],
    rows: [["1", "<i>"]],
    numeric: [false, true],
  }],
  notes: ["One <note>."],
  drawings: [
    { figure: lineChart([{ name: "</script>", y: [1, 2] }]), caption: "a > b" },
    { figure: lineChart([{ name: "b", y: [2, 1] }]), caption: "b" },
  ],
  json: {},
};
const page = {
  title: "Evaluation of <weights>",
  facts: "seed 1",
  sections: [section, section],
  footer: "the end",
};

Deno.test("pageHtml() is well-formed whatever the texts are", () => {
  const html = pageHtml(page, 'var s = "</script><script><!--";');
  const tags = readTags(html);
  const count = (name: string) =>
    tags.filter((tag) => tag.name === name).length;
  assertEquals(["main", "section", "figure", "script"].map(count), [
    1,
    3,
    4,
    2,
  ]);
  // The names that the script looks for.
  assertEquals(
    Array.from(
      html.matchAll(/<div class="plot" id="figure-(\d)"/g),
      ([, i]) => i,
    ),
    ["1", "2", "3", "4"],
  );
  assert(html.includes("<li>One &lt;note&gt;.</li>"));
});

Deno.test("pageHtml() holds plotly.js once and loads nothing", async () => {
  const file = new TextDecoder().decode(await readPlotly());
  const html = pageHtml(page, file);
  assert(html.length < file.length + 200_000);
  for (const { name, attributes } of readTags(html)) {
    assert(!/\ssrc=/.test(attributes), name + attributes);
    const [, address = "#"] = /\shref="([^"]*)"/.exec(attributes) ?? [];
    assert(address.startsWith("#section-") || address === "#", address);
    assert(name !== "link" && name !== "iframe" && name !== "img");
  }
  const policy = readTags(html)
    .find(({ attributes }) => attributes.includes("Content-Security-Policy"))!;
  assert(policy.attributes.includes("default-src 'none'"));
  assert(!policy.attributes.includes("http:"));
  const [, style = ""] = /<style>(.*?)<\/style>/s.exec(html)!;
  assert(!/url\(|@import/.test(style));
});

Deno.test("pageHtml() gives plotly.js and the figures to the page unchanged", () => {
  const written: string[] = [];
  const window = { Plotly: {}, write: (text: string) => written.push(text) };
  const html = pageHtml(page, 'globalThis.write("</script><!--<script>");');
  const [first, second] = Array.from(
    html.matchAll(/<script>(.*?)<\/script>/gs),
    ([, program]) => program!,
  );
  new Function("globalThis", first!)(window);
  assertEquals(written, ["</script><!--<script>"]);
  const drawn: unknown[] = [];
  const place = {};
  new Function("globalThis", "document", second!)(
    { Plotly: { newPlot: (...all: unknown[]) => drawn.push(all) } },
    { getElementById: (id: string) => id === "figure-4" ? place : null },
  );
  const { data, layout: { width: _, ...layout } } = section.drawings[1]!.figure;
  const config = { displayModeBar: false, responsive: true };
  assertEquals(drawn, [[place, data, layout, config]]);
});

Deno.test("drawFigures() keeps the proportions of pictures", () => {
  const drawn: { width?: number }[] = [];
  const draw = new Function("globalThis", "document", `return ${drawFigures}`)(
    {
      Plotly: {
        newPlot: (_: unknown, __: unknown, layout: object) =>
          drawn.push(layout),
      },
    },
    { getElementById: () => ({}) },
  ) as typeof drawFigures;
  const layout = { width: 640, height: 100 };
  draw([{ data: [{ type: "image" }], layout }, { data: [], layout }]);
  assertEquals(drawn.map(({ width }) => width), [640, undefined]);
});
