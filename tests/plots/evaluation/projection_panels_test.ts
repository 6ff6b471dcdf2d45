import { projectionPanels } from "../../../lib/plots/evaluation/projection_panels.ts";
import { scatter2d } from "../../../lib/plots/figures/scatter/scatter_2d.ts";
import { withImages } from "../../../lib/plots/play/with_images.ts";
import { assert, assertEquals, assertThrows } from "../../assert.ts";

const points = { values: Float32Array.of(0, 1, 1, 0), count: 2, size: 2 };
const panel = () => scatter2d(points, [3, 5], { width: 200, height: 150 });
const dataset = {
  images: Uint8Array.from({ length: 2 * 4 }, (_, i) => i),
  labels: Uint8Array.of(3, 5),
  count: 2,
  height: 2,
  width: 2,
};

Deno.test("projectionPanels() gives every figure axes and a place of its own", () => {
  const { data, layout } = projectionPanels([panel(), panel(), panel()], {
    names: ["PCA", "UMAP", "t-SNE"],
    columns: 2,
  });
  assertEquals(data.map(({ xaxis, yaxis }) => `${xaxis}${yaxis}`), [
    "xy",
    "xy",
    "x2y2",
    "x2y2",
    "x3y3",
    "x3y3",
  ]);
  const domains = ["", "2", "3"].map((end) => [
    (layout[`xaxis${end}`] as { domain: [number, number] }).domain,
    (layout[`yaxis${end}`] as { domain: [number, number] }).domain,
  ]);
  const [first, second, third] = domains;
  assert(first![0]![1] < second![0]![0], "the second is to the right");
  assertEquals(first![1], second![1]);
  assert(third![1]![1] < first![1]![0], "the third is below");
  for (const [x, y] of domains) {
    const width = (x![1] - x![0]) * (layout.width as number);
    const height = (y![1] - y![0]) * (layout.height as number);
    assertEquals([Math.round(width), Math.round(height)], [200, 150]);
  }
});

Deno.test("projectionPanels() moves notes along and writes names above", () => {
  const { layout } = projectionPanels([panel(), panel()], {
    names: ["PCA", "UMAP"],
  });
  const notes = layout.annotations as {
    text: string;
    xref: string;
    xanchor?: string;
  }[];
  assertEquals(notes[2]!.xanchor, "center");
  assertEquals(
    notes.map(({ text, xref }) => [text, xref]),
    [
      ["<b>3</b>", "x"],
      ["<b>5</b>", "x"],
      ["PCA", "paper"],
      ["<b>3</b>", "x2"],
      ["<b>5</b>", "x2"],
      ["UMAP", "paper"],
    ],
  );
});

Deno.test("projectionPanels() keeps each image once", () => {
  const both = [panel(), panel()].map((figure) =>
    withImages(figure, dataset, [[0], [1]])
  );
  const { data, play } = projectionPanels(both, { names: ["a", "b"] });
  assertEquals(play?.images?.length, 2);
  assertEquals(data.map(({ meta }) => meta), [
    { images: [0] },
    { images: [1] },
    { images: [0] },
    { images: [1] },
  ]);
});

Deno.test("projectionPanels() refuses other numbers of names, and no figure", () => {
  assertThrows(
    () => projectionPanels([panel()], { names: [] }),
    RangeError,
    "expected 1 names, got 0",
  );
  assertThrows(
    () => projectionPanels([], { names: [] }),
    RangeError,
    "expected figures, got none",
  );
});
