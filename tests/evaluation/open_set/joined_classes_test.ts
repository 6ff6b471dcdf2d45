import type { Dataset } from "../../../lib/digits/dataset.ts";
import { withJoinedClasses } from "../../../lib/evaluation/open_set/joined_classes.ts";
import { selectImages } from "../../../lib/digits/select_images.ts";
import { createRandom } from "../../../lib/numeric/random.ts";
import { assert, assertEquals, assertThrows } from "../../assert.ts";

/** Images of one pixel value each, the tenfold of their class and a little more. */
function plain(labels: number[], side = 4): Dataset {
  const images = new Uint8Array(labels.length * side * side);
  labels.forEach((label, i) =>
    images.fill(10 * label + i, i * side * side, (i + 1) * side * side)
  );
  return {
    images,
    labels: Uint8Array.from(labels),
    count: labels.length,
    height: side,
    width: side,
  };
}

/** The new classes alone. */
function made(
  labels: number[],
  perClass = 3,
  firstLabel = 10,
  seed = 1,
): Dataset {
  const dataset = plain(labels);
  const random = createRandom(seed);
  const all = withJoinedClasses(dataset, { perClass, firstLabel, random });
  const own = Array.from(labels, (_, i) => i);
  assertEquals(selectImages(all, own), dataset);
  const others = Array.from(
    { length: all.count - dataset.count },
    (_, i) => dataset.count + i,
  );
  return selectImages(all, others);
}

Deno.test("withJoinedClasses() makes two classes of each two classes in each order", () => {
  const { labels, count } = made([1, 2, 3, 1, 2, 3]);
  assertEquals(count, 2 * 3 * 2 * 3);
  assertEquals(
    [...new Set(labels)],
    Array.from({ length: 12 }, (_, i) => 10 + i),
  );
  for (const label of new Set(labels)) {
    assertEquals(labels.filter((one) => one === label).length, 3);
  }
});

Deno.test("withJoinedClasses() takes halves of images of the two classes alone", () => {
  const { images, labels, count } = made([1, 2, 1, 2], 20);
  const classOf = (pixel: number) => Math.floor(pixel / 10);
  const seen = Array.from({ length: count }, (_, i) => {
    const image = [...images.subarray(16 * i, 16 * i + 16)];
    return `${labels[i]}: ${image.map(classOf).join("")}`;
  });
  // The ink is of both, so that no center of mass is a whole pixel away.
  assertEquals([...new Set(seen)], [
    "10: 1111111122222222",
    "11: 1122112211221122",
    "12: 2222222211111111",
    "13: 2211221122112211",
  ]);
});

Deno.test("withJoinedClasses() draws both halves anew", () => {
  const { images } = made([1, 2, 1, 2, 1, 2], 60);
  const pairs = new Set(
    Array.from(
      { length: 60 },
      (_, i) => `${images[16 * i]} ${images[16 * i + 15]}`,
    ),
  );
  assertEquals(pairs.size, 9);
});

Deno.test("withJoinedClasses() puts the center of mass into the middle", () => {
  const size = 6 * 6;
  const images = new Uint8Array(2 * size);
  // Both in the left upper corner.
  for (const start of [0, size]) images[start] = images[start + 7] = 200;
  const dataset = {
    images,
    labels: Uint8Array.of(4, 5),
    count: 2,
    height: 6,
    width: 6,
  };
  const random = createRandom(1);
  const all = withJoinedClasses(dataset, {
    perClass: 1,
    firstLabel: 10,
    random,
  });
  const ink = [...all.images.subarray(2 * size, 3 * size).keys()].filter((
    place,
  ) => all.images[2 * size + place]);
  assertEquals(ink, [14, 21]);
});

Deno.test("withJoinedClasses() depends on its random numbers and on nothing else", () => {
  const labels = [1, 2, 1, 2, 1, 2];
  assertEquals(made(labels), made(labels));
  const other = made(labels, 3, 10, 2);
  assert(made(labels).images.join() !== other.images.join());
});

Deno.test("withJoinedClasses() refuses one class, and labels that no byte holds", () => {
  assertThrows(
    () => made([7, 7]),
    RangeError,
    "Cannot join halves of images: expected images of two classes or more, got 1",
  );
  assertThrows(
    () => made([1, 2], 1, 253),
    RangeError,
    "Cannot join halves of images: expected labels of at most 255, got 256",
  );
  assertThrows(
    () => made([1, 12], 1),
    RangeError,
    "Cannot join halves of images: expected new labels that are not in use, got 12",
  );
});
