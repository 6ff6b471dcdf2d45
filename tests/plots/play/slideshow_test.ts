import type { Figure } from "../../../lib/plots/figures/figure.ts";
import { figurePicture } from "../../../lib/plots/picture/picture.ts";
import { stillFigure } from "../../../lib/plots/picture/still_figure.ts";
import { slideshow } from "../../../lib/plots/play/slideshow.ts";
import { assertEquals, assertThrows } from "../../assert.ts";

const figure = (x: number, more: Figure["layout"] = {}): Figure => ({
  data: [{ x: [x], y: [1], name: "moves", marker: { size: 5, color: [x] } }, {
    y: [0],
    name: "stays",
  }],
  layout: {
    title: { text: `At ${x}`, x: 0 },
    height: 300,
    margin: { b: 50 },
    ...more,
  },
});

interface Slider {
  active: number;
  pad: { t: number };
  steps: { label: string; method: string; args: unknown[] }[];
}
const sliderOf = ({ layout }: Figure) => (layout.sliders as Slider[])[0]!;

Deno.test("slideshow() keeps for each step what differs, and nothing else", () => {
  const shown = slideshow([figure(1), figure(2)], { names: ["a", "b"] });
  assertEquals(shown.data, figure(2).data);
  const { active, steps } = sliderOf(shown);
  assertEquals(active, 1);
  assertEquals(steps.map(({ label, method, args }) => [label, method, args]), [
    ["a", "update", [
      { x: [[1]], "marker.color": [[1]] },
      { "title.text": "At 1" },
      [0],
    ]],
    ["b", "update", [
      { x: [[2]], "marker.color": [[2]] },
      { "title.text": "At 2" },
      [0],
    ]],
  ]);
});

Deno.test("slideshow() takes away what a step lacks", () => {
  const shapes = [{ type: "line" }];
  const shown = slideshow([figure(1, { shapes }), figure(1)], {
    names: ["a", "b"],
  });
  assertEquals(sliderOf(shown).steps.map(({ args }) => args), [
    [{}, { shapes }, []],
    [{}, { shapes: null }, []],
  ]);
});

Deno.test("slideshow() gives its slider room below the axis titles", () => {
  const shown = slideshow([figure(1), figure(2)], { names: ["a", "b"] });
  const { height, margin } = shown.layout as {
    height: number;
    margin: { b: number };
  };
  assertEquals(height - 300, margin.b - 50);
  assertEquals(sliderOf(shown).pad.t, 50);
});

Deno.test("slideshow() is the start's figure in a picture, without slider", () => {
  const shown = slideshow([figure(1), figure(2)], {
    names: ["a", "b"],
    start: 0,
  });
  assertEquals(stillFigure(shown), figure(1));
  assertEquals(
    figurePicture(stillFigure(shown)),
    figurePicture(figure(1)),
  );
});

Deno.test("slideshow() plays and is clickable if told", () => {
  const figures = [figure(1), figure(2)];
  const names = ["a", "b"];
  const plain = slideshow(figures, { names, play: false });
  assertEquals(Object.keys(plain.play!), ["still"]);
  const { clickable, interval } = slideshow(figures, { names, clickable: true })
    .play!;
  assertEquals([clickable, interval], [true, 600]);
});

Deno.test("slideshow() gives all steps a common list of images", () => {
  const withImage = (x: number, file: string): Figure => ({
    ...figure(x),
    data: [{ x: [x], meta: { images: [[0], null] } }, {}],
    play: { images: [file] },
  });
  const shown = slideshow([withImage(1, "one"), withImage(1, "two")], {
    names: ["a", "b"],
  });
  assertEquals(shown.play?.images, ["one", "two"]);
  assertEquals(
    sliderOf(shown).steps.map(({ args }) => args[0]),
    [{ "meta.images": [[[0], null]] }, { "meta.images": [[[1], null]] }],
  );
});

Deno.test("slideshow() refuses figures that do not match", () => {
  const one = { data: [{}], layout: {} };
  const wrong: [Figure[], string[], string][] = [
    [[], [], "expected figures, got none"],
    [[figure(1), one], ["a", "b"], "expected 2 traces as in the first figure"],
    [[figure(1)], ["a", "b"], "expected 1 names, got 2"],
    [[one, one], ["a", "a"], 'expected different names, got "a" twice'],
  ];
  for (const [figures, names, message] of wrong) {
    assertThrows(() => slideshow(figures, { names }), RangeError, message);
  }
});
