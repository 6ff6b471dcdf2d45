import * as tf from "@tensorflow/tfjs";
import { scatter3d } from "../../../../lib/plots/figures/scatter/scatter_3d.ts";
import { palette } from "../../../../lib/plots/figures/style.ts";
import { slideshow } from "../../../../lib/plots/play/slideshow.ts";
import { assert, assertEquals, assertThrows } from "../../../assert.ts";

await tf.setBackend("cpu");

const points = tf.tensor2d([[1, 0, 0], [0, 0, 1], [0, 1, 0]]);

Deno.test("scatter3d() draws a trace for each class, named outside the sphere", () => {
  const { data, layout } = scatter3d(points, [8, 3, 3]);
  const [three, eight] = data;
  assertEquals([three!.name, three!.x, three!.y, three!.z], [
    "3",
    [0, 0],
    [0, 1],
    [1, 0],
  ]);
  assertEquals((eight!.marker as { color: string }).color, palette[8]);
  const { annotations } = layout.scene as {
    annotations: { text: string; x: number; y: number; z: number }[];
  };
  assertEquals(annotations.map(({ text }) => text), ["<b>3</b>", "<b>8</b>"]);
  for (const { x, y, z } of annotations) {
    assert(Math.abs(Math.hypot(x, y, z) - 1.13) < 0.01);
  }
});

Deno.test("scatter3d() draws the unit sphere, or axes", () => {
  const [, wires, surface] = scatter3d(points, [3, 3, 3]).data;
  const [x, y, z] = [wires!.x, wires!.y, wires!.z] as (number | null)[][];
  x!.forEach((one, i) => {
    if (one === null) return;
    const radius = Math.hypot(one, y![i]!, z![i]!);
    assert(Math.abs(radius - 1) < 2e-3, `${radius}`);
  });
  assertEquals(surface!.type, "surface");
  const { data, layout } = scatter3d(points, [3, 3, 3], { sphere: false });
  assertEquals(data.length, 1);
  assertEquals((layout.scene as { aspectmode: string }).aspectmode, "data");
});

Deno.test("scatter3d() moves in a slideshow, and the sphere stays", () => {
  const later = tf.tensor2d([[0, 1, 0], [0, 0, 1], [1, 0, 0]]);
  const figure = slideshow(
    [scatter3d(points, [8, 3, 3]), scatter3d(later, [8, 3, 3])],
    { names: ["0", "1"] },
  );
  const [slider] = figure.layout.sliders as { steps: { args: unknown[] }[] }[];
  const [traces, layout, changed] = slider!.steps[0]!.args;
  assertEquals(changed, [0, 1]);
  assertEquals(Object.keys(traces as object).toSorted(), ["x", "y"]);
  assertEquals(Object.keys(layout as object), ["scene.annotations"]);
});

Deno.test("scatter3d() refuses other dimensions and other labels", () => {
  assertThrows(
    () => scatter3d(tf.zeros([4, 2]), [1]),
    RangeError,
    "expected points of shape [n, 3], got [4, 2]",
  );
  assertThrows(() => scatter3d(points, [1]), RangeError, "expected 3 labels");
});
