import fc from "fast-check";
import {
  type Orientation,
  reorientImages,
} from "../../../lib/evaluation/open_set/reorient.ts";
import { assertEquals, assertThrows } from "../../assert.ts";

/** Two images of 2×3 pixels, numbered. */
const numbered = {
  images: Uint8Array.from({ length: 12 }, (_, i) => i),
  labels: Uint8Array.of(4, 7),
  count: 2,
  height: 2,
  width: 3,
};

Deno.test("reorientImages() moves the pixels of every image", () => {
  const turned = reorientImages(numbered, "turned");
  assertEquals([turned.height, turned.width], [3, 2]);
  assertEquals([...turned.images], [3, 0, 4, 1, 5, 2, 9, 6, 10, 7, 11, 8]);
  const down = reorientImages(numbered, "upside down");
  assertEquals([...down.images], [3, 4, 5, 0, 1, 2, 9, 10, 11, 6, 7, 8]);
  const mirrored = reorientImages(numbered, "mirrored");
  assertEquals([...mirrored.images], [2, 1, 0, 5, 4, 3, 8, 7, 6, 11, 10, 9]);
  assertEquals(mirrored.labels, numbered.labels);
});

Deno.test("reorientImages() comes back after four turns, or two of the others", () => {
  const times: Record<Orientation, number> = {
    turned: 4,
    "upside down": 2,
    mirrored: 2,
  };
  fc.assert(fc.property(
    fc.tuple(fc.nat(4), fc.nat(4), fc.nat(4)),
    ([count, height, width]) => {
      const images = Uint8Array.from(
        { length: count * height * width },
        (_, i) => i,
      );
      const given = {
        images,
        labels: new Uint8Array(count),
        count,
        height,
        width,
      };
      for (const [how, n] of Object.entries(times)) {
        let moved = given;
        for (let i = 0; i < n; i++) {
          moved = reorientImages(moved, how as Orientation) as typeof given;
        }
        assertEquals(moved, given);
      }
    },
  ));
});

Deno.test("reorientImages() refuses other orientations", () => {
  assertThrows(
    () => reorientImages(numbered, "inside out" as Orientation),
    RangeError,
    "Cannot reorient images: expected orientation",
  );
});
