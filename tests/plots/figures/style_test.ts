import { contrastToWhite, difference, eyes } from "./color_vision.ts";
import { barChart } from "../../../lib/plots/figures/bar_chart.ts";
import { distanceHistogram } from "../../../lib/plots/figures/distance_histogram.ts";
import type { PlotlyObject } from "../../../lib/plots/figures/figure.ts";
import { lineChart } from "../../../lib/plots/figures/line_chart.ts";
import { lossCurve } from "../../../lib/plots/figures/loss_curve.ts";
import {
  legendAbove,
  palette,
  styledAxis,
  styledLayout,
} from "../../../lib/plots/figures/style.ts";
import { assert, assertEquals } from "../../assert.ts";

Deno.test("styledLayout() leaves room for a title only where there is one", () => {
  const top = (title?: string) =>
    (styledLayout(title ? { title } : {}).margin as { t: number }).t;
  assert(top("Loss") > top());
  assert(!("title" in styledLayout({})));
});

Deno.test("styledLayout() lets a figure replace what it needs", () => {
  const layout = styledLayout({ width: 300 }, { margin: { l: 1 } });
  assertEquals(layout.width, 300);
  assertEquals(layout.margin, { l: 1 });
});

Deno.test("styledAxis() lets ticks have the digits that they need", () => {
  const { tickformat, hoverformat } = styledAxis("share", {
    tickformat: ".1%",
  });
  assertEquals([tickformat, hoverformat], ["~%", ".1%"]);
  assertEquals(styledAxis("step").tickformat, undefined);
});

Deno.test("no figure rounds the ticks of its axes", () => {
  const axes = [
    barChart({ a: 0.5 }, { format: ".1%" }),
    distanceHistogram({ positive: [0], negative: [1] }),
    lineChart([{ name: "a", y: [1] }], { yFormat: ".0%" }),
    lossCurve([{ step: 1, loss: 1 }], { accuracy: [{ step: 1, accuracy: 1 }] }),
  ].flatMap(({ layout }) => [layout.yaxis, layout.yaxis2 ?? {}]);
  const formats = axes.map((axis) => (axis as PlotlyObject).tickformat);
  assertEquals(new Set(formats), new Set(["~%", undefined]));
});

Deno.test("palette has a color for each digit", () => {
  assertEquals(new Set(palette).size, 10);
  assert(palette.every((color) => /^#[0-9a-f]{6}$/.test(color)));
});

for (const [name, eye] of Object.entries(eyes)) {
  Deno.test(`palette's digits that look alike are far apart with ${name} vision`, () => {
    for (const [a, b] of [[3, 8], [3, 5], [7, 9], [4, 9]] as const) {
      const apart = difference(palette[a]!, palette[b]!, eye);
      assert(apart > 0.27, `${a} and ${b}: ${apart}`);
    }
  });

  Deno.test(`palette's colors all differ with ${name} vision`, () => {
    for (let a = 0; a < 10; a++) {
      for (let b = 0; b < a; b++) {
        const apart = difference(palette[a]!, palette[b]!, eye);
        // Figures of a few lines take these.
        const least = [0, 1, 2, 6].includes(a) && [0, 1, 2].includes(b)
          ? 0.17
          : 0.09;
        assert(apart > least, `${a} and ${b}: ${apart}`);
      }
    }
  });
}

Deno.test("palette's colors stand out on white", () => {
  for (const color of palette) {
    assert(
      contrastToWhite(color) >= 2.5,
      `${color}: ${contrastToWhite(color)}`,
    );
  }
});

Deno.test("difference() and contrastToWhite() know black, white and red to green", () => {
  const near = (a: number, b: number) => assert(Math.abs(a - b) < 1e-3, `${a}`);
  near(difference("#000000", "#ffffff", eyes.normal!), 1);
  near(contrastToWhite("#000000"), 21);
  // A red and a green that people without M cones mix up.
  const [red, green] = ["#b3562b", "#807a2d"];
  assert(
    difference(red, green, eyes.deuteranopia!) <
      0.5 * difference(red, green, eyes.normal!),
  );
});

Deno.test("styledLayout() leaves room between a title and a legend above", () => {
  const top = (layout: PlotlyObject) => (layout.margin as { t: number }).t;
  const title = "What the first step moves";
  assertEquals(top(styledLayout({})), 20);
  assertEquals(top(styledLayout({ title })), 52);
  assertEquals(top(styledLayout({ title }, { legend: legendAbove })), 80);
  const without = { legend: legendAbove, showlegend: false };
  assertEquals(top(styledLayout({ title }, without)), 52);
});
