import fc from "fast-check";
import {
  classCounts,
  drawPerClass,
  indicesByClass,
} from "../../lib/digits/classes.ts";
import { createRandom } from "../../lib/numeric/random.ts";
import { assert, assertEquals, assertThrows } from "../assert.ts";

Deno.test("indicesByClass() lists each index once, ascending, under its class", () => {
  fc.assert(fc.property(fc.array(fc.nat(20)), (labels) => {
    const byClass = indicesByClass(labels);
    const classes = [...byClass.keys()];
    assertEquals(classes, [...new Set(labels)].toSorted((a, b) => a - b));
    for (const [label, indices] of byClass) {
      const expected = labels.flatMap((l, i) => l === label ? [i] : []);
      assertEquals([...indices], expected);
    }
  }));
});

Deno.test("classCounts() counts any kind of labels", () => {
  const expected = new Map([[0, 1], [4, 2]]);
  assertEquals(classCounts(new Uint8Array([4, 0, 4])), expected);
  assertEquals(classCounts(new Int32Array([4, 0, 4])), expected);
});

Deno.test("drawPerClass() draws distinct images, class by class, by the seed", () => {
  const labels = Uint8Array.from({ length: 60 }, (_, i) => i % 3);
  const draw = (seed: number) => drawPerClass(labels, 10, createRandom(seed));
  assertEquals(new Set(draw(1)).size, 30);
  assertEquals(
    [...draw(1)].map((index) => labels[index]!),
    [0, 1, 2].flatMap((label) => new Array(10).fill(label)),
  );
  assertEquals(draw(1), draw(1));
  assert(draw(1).some((index, i) => index !== draw(2)[i]));
});

Deno.test("drawPerClass() names the class that is too small", () => {
  assertThrows(
    () => drawPerClass([3, 3, 8], 2, createRandom(0)),
    RangeError,
    "expected at least 2 images of class 8, got 1",
  );
  assertThrows(
    () => drawPerClass([3, 3], 0, createRandom(0)),
    RangeError,
    "expected perClass to be a whole number of 1 or more, got 0",
  );
});
