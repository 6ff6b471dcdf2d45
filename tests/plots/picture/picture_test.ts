import fc from "fast-check";
import type { Figure } from "../../../lib/plots/figures/figure.ts";
import { figurePicture } from "../../../lib/plots/picture/picture.ts";
import {
  barChart,
  confusionFigure,
  distanceHistogram,
  lineChart,
  lossCurve,
} from "../../../lib/mod.ts";
import { assert, assertEquals } from "../../assert.ts";

/** Holds the text against XML's grammar, as far as pictures use it; its elements. */
function elements(svg: string): string[] {
  const open: string[] = [];
  const names: string[] = [];
  const attribute = `\\s[\\w-]+="[^"<&]*(?:&(?:amp|lt|gt|quot);[^"<&]*)*"`;
  const token = new RegExp(
    `<(\\w+)((?:${attribute})*)(/?)>|</(\\w+)>|([^<>&]|&(?:amp|lt|gt|quot);)+`,
    "gy",
  );
  while (token.lastIndex < svg.length) {
    const at = token.lastIndex;
    const match = token.exec(svg);
    assert(match, `no XML: ${svg.slice(at, at + 80)}`);
    const [, name, , closed, ended] = match;
    if (name) names.push(name);
    if (name && !closed) open.push(name);
    if (ended) assertEquals(open.pop(), ended);
  }
  assertEquals(open, []);
  return names;
}

function texts(figure: Figure): string[] {
  const svg = figurePicture(figure)!;
  elements(svg);
  return [...svg.matchAll(/<text [^>]*>([^<]*)/g)].map(([, text]) => text!);
}

Deno.test("figurePicture() writes title, names, ticks and values of each kind of chart", () => {
  const charts: [Figure, string[]][] = [
    [
      lineChart([{ name: "a", y: [0, 1] }, { name: "b", y: [1, 0] }], {
        title: "Lines",
        xTitle: "step",
      }),
      ["Lines", "a", "b", "step", "0.2"],
    ],
    [barChart({ zero: 5.25, one: 7 }), ["zero", "one", "5.25", "7"]],
    [confusionFigure([[5, 1], [0, 4]]), ["actual", "predicted", "5", "1", "4"]],
    [
      distanceHistogram({ positive: [0.1, 0.2], negative: [1, 2] }, {
        margin: 0.2,
      }),
      ["margin 0.2", "positive pairs (2)", "share of pairs", "50%"],
    ],
    [
      lossCurve([{ step: 1, loss: 1 }, { step: 2, loss: 0.5 }], {
        accuracy: [{ step: 1, accuracy: 0.5 }, { step: 2, accuracy: 0.9 }],
      }),
      ["loss", "smoothed", "accuracy", "80%"],
    ],
  ];
  for (const [figure, expected] of charts) {
    const written = texts(figure);
    for (const text of expected) {
      assert(written.includes(text), `${text} is not in ${written}`);
    }
  }
});

Deno.test("figurePicture() draws a line from pixel to pixel", () => {
  const svg = figurePicture({
    data: [{
      mode: "lines",
      x: [0, 10],
      y: [0, 10],
      line: { color: "#123456" },
    }],
    layout: {
      width: 120,
      height: 120,
      margin: { l: 10, r: 10, t: 10, b: 10 },
      xaxis: { range: [0, 10] },
      yaxis: { range: [0, 10] },
    },
  })!;
  assert(/<path d="M10,110L110,10"[^>]* stroke="#123456"/.test(svg), svg);
});

Deno.test("figurePicture() leaves kinds to Plotly that it does not draw", () => {
  for (const type of ["surface", "scatter3d", "pie", "contour", "heatmapgl"]) {
    const data = [{ type: "bar", y: [1] }, { type }];
    assertEquals(figurePicture({ data, layout: {} }), undefined);
  }
});

Deno.test("figurePicture() writes XML whatever the texts are", () => {
  const name = `</text><script>"&'\x00\x1b\ud800<b>é</b>`;
  const chart = lineChart([{ name, y: [1] }, { name: "b", y: [1] }], {
    title: name,
  });
  const svg = figurePicture(chart)!;
  assert(!elements(svg).includes("script"));
  // deno-lint-ignore no-control-regex
  assert(!/[\x00-\x08\x1b]/.test(svg) && svg.isWellFormed());
});

Deno.test("figurePicture() draws whatever data comes", () => {
  const value = fc.oneof(
    fc.double(),
    fc.integer(),
    fc.constantFrom(null, "", "a", "7", undefined, true),
  );
  const values = fc.option(fc.array(value, { maxLength: 5 }), {
    nil: undefined,
  });
  const axis = fc.record({
    type: fc.constantFrom("linear", "log", "category", undefined),
    range: fc.option(fc.tuple(value, value)),
    autorange: fc.constantFrom(true, "reversed"),
    dtick: fc.constantFrom(undefined, 0, -1, 1e-30, 5),
    scaleanchor: fc.constantFrom(undefined, "x", "q"),
    automargin: fc.boolean(),
  });
  const figure = fc.record({
    data: fc.array(
      fc.record({
        type: fc.constantFrom(
          "scatter",
          "bar",
          "histogram",
          "image",
          "heatmap",
        ),
        mode: fc.constantFrom("lines", "lines+markers", "markers+text"),
        name: fc.constantFrom(undefined, "name"),
        x: values,
        y: values,
        z: fc.array(values, { maxLength: 3 }),
        text: value,
        orientation: fc.constantFrom("h", "v"),
        yaxis: fc.constantFrom("y", "y2"),
      }),
      { maxLength: 3 },
    ),
    layout: fc.record({
      xaxis: axis,
      yaxis: axis,
      barmode: fc.constantFrom("stack", "group", "overlay"),
      shapes: fc.array(
        fc.record({ x0: value, x1: value, y0: value, y1: value }),
      ),
      annotations: fc.array(fc.record({ x: value, y: value, ax: value })),
    }),
  });
  fc.assert(
    fc.property(figure, (one) => {
      const svg = figurePicture(one as Figure)!;
      elements(svg);
      assert(!/="[^"]*(?:NaN|Infinity)/.test(svg), svg);
    }),
    { numRuns: 300, seed: 1 },
  );
});
