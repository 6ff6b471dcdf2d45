import { embeddingClouds } from "../../../lib/plots/learning/embedding_clouds.ts";
import { slideshow } from "../../../lib/plots/play/slideshow.ts";
import { assert, assertEquals, assertThrows } from "../../assert.ts";

const cloud = (size: number, ...values: number[]) => ({
  values: Float32Array.from(values),
  count: values.length / size,
  size,
});
const range = (axis: unknown) => (axis as { range: number[] }).range;

Deno.test("embeddingClouds() draws each point along the plane's directions", () => {
  const plane = cloud(3, 0, 0, 1, 0.6, 0.8, 0);
  const [figure] = embeddingClouds([cloud(3, 1, 0, 0.5, 0, 1, 0)], [4, 9], {
    plane,
  });
  assertEquals(figure!.data.map(({ name }) => name), ["4", "9"]);
  assertEquals(figure!.data.map(({ x }) => x), [[0.5], [0]]);
  assertEquals(figure!.data.map(({ y }) => y), [[0.6], [0.8]]);
});

Deno.test("embeddingClouds() gives all moments the axes of the widest", () => {
  const figures = embeddingClouds(
    [cloud(2, 0, 0, 0, 0), cloud(2, -1, 0, 1, 2)],
    [0, 1],
  );
  for (const { layout } of figures) {
    assertEquals(range(layout.xaxis), [-1.1, 1.1]);
    assertEquals(range(layout.yaxis), [-0.1, 2.1]);
  }
});

Deno.test("embeddingClouds() gives a single spot an axis with a length", () => {
  const [figure] = embeddingClouds([cloud(2, 1, 1, 1, 1)], [0, 1]);
  assertEquals(range(figure!.layout.xaxis), [0, 2]);
});

Deno.test("embeddingClouds() makes figures for a slideshow, with their titles", () => {
  const moments = [cloud(2, 0, 0, 0, 0), cloud(2, 0, 1, 1, 0)];
  const titles = ["before", "after"];
  const figures = embeddingClouds(moments, [0, 1], { titles });
  const titleOf = ({ layout }: { layout: { title?: unknown } }) =>
    (layout.title as { text: string }).text;
  assertEquals(figures.map(titleOf), titles);
  const { data } = slideshow(figures, { names: ["0", "1"] });
  assertEquals(data.map(({ x }) => x), [[0], [1]]);
});

Deno.test("embeddingClouds() refuses what does not go together", () => {
  const flat = cloud(2, 0, 1, 1, 0);
  assertThrows(() => embeddingClouds([], [0]), RangeError, "expected moments");
  assertThrows(
    () => embeddingClouds([flat, cloud(2, 0, 1)], [0, 1]),
    RangeError,
    "expected embeddings of shape [2, 2], got [1, 2]",
  );
  assertThrows(
    () => embeddingClouds([flat], [0, 1], { plane: cloud(3, 1, 0, 0) }),
    RangeError,
    "expected a plane of shape [2, 2], got [1, 3]",
  );
  assertThrows(
    () => embeddingClouds([flat], [0, 1], { titles: ["a", "b"] }),
    RangeError,
    "titles",
  );
  assertThrows(
    () => embeddingClouds([cloud(3, 1, 0, 0)], [0]),
    RangeError,
    "points of shape [n, 2]",
  );
});

Deno.test("embeddingClouds() puts no class's name over another in a small cloud", () => {
  const spot = cloud(2, 0, 0, 0, 0.001), wide = cloud(2, 0, 0, 0, 10);
  const [small] = embeddingClouds([spot, wide], [0, 1]);
  const [a, b] = small!.layout.annotations as { x: number; y: number }[];
  // 22 of 410 pixels of a little more than 10.
  assert(Math.hypot(a!.x - b!.x, a!.y - b!.y) > 0.4);
});
