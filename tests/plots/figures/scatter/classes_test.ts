import fc from "fast-check";
import { scatter2d } from "../../../../lib/plots/figures/scatter/scatter_2d.ts";
import { scatter3d } from "../../../../lib/plots/figures/scatter/scatter_3d.ts";
import { classPoints } from "../../../../lib/plots/figures/scatter/classes.ts";
import { assert, assertEquals, assertThrows } from "../../../assert.ts";

const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];

Deno.test("classPoints() gives no two of thirty classes the same look", () => {
  const labels = Array.from({ length: 30 }, (_, label) => label);
  const looks = classPoints("draw", labels)
    .map(({ color, symbol }) => `${color} ${symbol}`);
  assertEquals(new Set(looks).size, 30);
});

Deno.test("classPoints() finds every point again, whatever the labels are", () => {
  const labels = fc.array(fc.integer({ min: -300, max: 300 }));
  fc.assert(fc.property(labels, (given) => {
    const classes = classPoints("draw", given);
    assertEquals(
      classes.flatMap(({ indices }) => [...indices]).toSorted((a, b) => a - b),
      [...given.keys()],
    );
    for (const { name, indices } of classes) {
      assertEquals(
        [...indices].map((i) => String(given[i])),
        [
          ...indices,
        ].map(() => name),
      );
    }
  }));
});

Deno.test("scatter2d() and scatter3d() call classes by their names", () => {
  const two = { values: Float32Array.of(0, 1, 1, 0), count: 2, size: 2 };
  const three = {
    values: Float32Array.of(0, 0, 1, 1, 0, 0),
    count: 2,
    size: 3,
  };
  const options = { classNames: letters };
  const names = ["C", "Z"];
  const flat = scatter2d(two, [25, 2], options);
  assertEquals(flat.data.map(({ name }) => name), names);
  const texts = (flat.layout.annotations as { text: string }[])
    .map(({ text }) => text);
  assertEquals(texts, ["<b>C</b>", "<b>Z</b>"]);
  const space = scatter3d(three, [25, 2], options);
  assertEquals(space.data.slice(0, 2).map(({ name }) => name), names);
  // A class past the names keeps its number.
  const past = scatter2d(two, [26, 2], options);
  assertEquals(past.data.map(({ name }) => name), ["C", "26"]);
});

Deno.test("scatter2d() keeps long names of classes apart", () => {
  const places = (classNames: string[]) => {
    const points = {
      values: Float32Array.of(0, 0, 9, 0, 1, 0),
      count: 3,
      size: 2,
    };
    const { layout } = scatter2d(points, [0, 1, 2], { classNames });
    return layout.annotations as { x: number; y: number }[];
  };
  assertEquals(places(["A", "B", "C"]).map(({ x }) => x), [0, 9, 1]);
  const [shirt, , boot] = places(["T-shirt/top", "bag", "ankle boot"]);
  assert(Math.abs(shirt!.x - boot!.x) > 2);
});

Deno.test("scatter2d() refuses names that are none", () => {
  const points = { values: Float32Array.of(0, 1), count: 1, size: 2 };
  for (const classNames of ["AB", [1, 2], null]) {
    assertThrows(
      () => scatter2d(points, [0], { classNames } as never),
      RangeError,
      "Cannot draw a scatter: expected classNames to be",
    );
  }
});
