import fc from "fast-check";
import { alphabet } from "../../../lib/digits/letters/strokes.ts";
import {
  letterNames,
  makeLetters,
} from "../../../lib/digits/letters/make_letters.ts";
import { createRandom } from "../../../lib/numeric/random.ts";
import { assert, assertEquals, assertThrows } from "../../assert.ts";

const make = (seed: number, imagesPerClass = 2, letters = letterNames) =>
  makeLetters({ letters, imagesPerClass, random: createRandom(seed) });
const imageOf = ({ images }: { images: Uint8Array }, i: number) =>
  images.subarray(i * 784, (i + 1) * 784);

Deno.test("makeLetters() writes by seed, and no image twice", () => {
  const made = make(1, 10);
  assertEquals(make(1, 10), made);
  assertEquals(made.count, 260);
  assertEquals(made.labels[259], 25);
  const texts = Array.from({ length: 260 }, (_, i) => imageOf(made, i).join());
  assertEquals(new Set(texts).size, 260);
});

Deno.test("makeLetters() centers each letter as MNIST's digits are", () => {
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const made = make(seed, 1);
      for (let i = 0; i < made.count; i++) {
        const image = imageOf(made, i);
        const ink = [...image.keys()].filter((k) => image[k]! > 0);
        const mass = ink.reduce((sum, k) => sum + image[k]!, 0);
        for (
          const place of [
            (k: number) => Math.floor(k / 28),
            (k: number) => k % 28,
          ]
        ) {
          const all = ink.map(place);
          assert(Math.max(...all) - Math.min(...all) < 20);
        }
        const column = ink.reduce((sum, k) => sum + image[k]! * (k % 28), 0) /
          mass;
        assert(column >= 13.5 && column < 14.5);
        // A stroke is white in its middle, and no letter fills the image.
        assert(Math.max(...image) > 200 && ink.length < 400);
      }
    }),
    { numRuns: 20 },
  );
});

Deno.test("makeLetters() writes letters that can be told apart", () => {
  const [known, asked] = [make(1, 20), make(2, 20)];
  const means = Array.from({ length: 26 }, (_, letter) => {
    const mean = new Float64Array(784);
    for (let i = 0; i < 20; i++) {
      imageOf(known, letter * 20 + i).forEach((v, k) => mean[k]! += v / 20);
    }
    return mean;
  });
  let right = 0;
  for (let i = 0; i < asked.count; i++) {
    const image = imageOf(asked, i);
    const distances = means.map((mean) =>
      mean.reduce((sum, v, k) => sum + (v - image[k]!) ** 2, 0)
    );
    const nearest = distances.indexOf(Math.min(...distances));
    if (nearest === asked.labels[i]) right++;
  }
  const share = right / asked.count;
  // Guessing would be right 4 times in a hundred.
  assert(share > 0.5 && share < 0.95, `${share}`);
});

Deno.test("makeLetters() writes the letters that it is asked for, as their places", () => {
  const some = make(3, 2, ["Q", "A"]);
  assertEquals([...some.labels], [0, 0, 1, 1]);
  assertEquals(imageOf(make(3, 1, ["Q"]), 0), imageOf(some, 0));
});

Deno.test("makeLetters() says what is wrong", () => {
  const cases: [unknown, string][] = [
    [["A", "a"], 'letters to be among "A" to "Z", got "a" at 1'],
    [["A", "B", "A"], 'letters to be there once each, got "A" at 0'],
    [[], "letters, got none"],
    ["AB", 'letters to be a list, got "AB"'],
  ];
  for (const [letters, message] of cases) {
    assertThrows(
      () => make(1, 1, letters as string[]),
      RangeError,
      `Cannot make letters: expected ${message}`,
    );
  }
  assertThrows(() => make(1, 0), RangeError, "imagesPerClass");
});

Deno.test("each letter of the alphabet fills its square", () => {
  for (const [name, ways] of alphabet) {
    for (const way of ways) {
      const points = way.flatMap((stroke) => stroke.points);
      const down = points.map(([, y]) => y);
      assert(Math.min(...down) >= 0 && Math.max(...down) <= 1.06, name);
      assert(Math.max(...down) - Math.min(...down) > 0.95, name);
      assert(points.every(([x]) => x >= 0 && x <= 1), name);
      assert(way.every((stroke) => stroke.points.length >= 2), name);
    }
  }
});
