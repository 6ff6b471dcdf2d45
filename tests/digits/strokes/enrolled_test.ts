import {
  enroll,
  type Enrolled,
  enrolledImages,
} from "../../../lib/digits/strokes/enrolled.ts";
import { assertEquals, assertThrows } from "../../assert.ts";

const image = (value: number) => new Uint8Array(784).fill(value);

Deno.test("enroll() adds to a copy, and forgets nothing", () => {
  const none: Enrolled = new Map();
  const one = enroll(none, "star", image(1));
  const both = enroll(enroll(one, " my sign ", image(2)), "star", image(3));
  assertEquals([none.size, one.size, both.size], [0, 1, 2]);
  assertEquals(one.get("star")!.length, 1);
  const { names, dataset } = enrolledImages(both);
  assertEquals(names, ["star", "my sign"]);
  assertEquals([...dataset.labels], [10, 10, 11]);
  assertEquals([0, 784, 1568].map((at) => dataset.images[at]), [1, 3, 2]);
  assertEquals(enrolledImages(none).dataset.count, 0);
});

Deno.test("enroll() keeps an image of its own, and one name for one spelling", () => {
  const given = image(1);
  const one = enroll(new Map(), "e\u0301", given);
  given.fill(9);
  assertEquals(one.get("\u00e9")![0]![0], 1);
});

Deno.test("enroll() refuses names and images that cannot be", () => {
  const none: Enrolled = new Map();
  for (const name of ["", "  ", "x".repeat(21), "a\nb", "\u200b", "\ud800"]) {
    assertThrows(() => enroll(none, name, image(0)), RangeError, "a name of 1");
  }
  for (const name of ["0", "7", " 9 "]) {
    assertThrows(() => enroll(none, name, image(0)), RangeError, "a digit's");
  }
  for (const wrong of [3, null, undefined]) {
    assertThrows(
      () => enroll(none, wrong as never, image(0)),
      RangeError,
      "a name of 1",
    );
  }
  assertThrows(
    () => enroll(none, "__metadata__", image(0)),
    RangeError,
    "a name that a file can hold",
  );
  // Names that mean something to objects are names like others.
  enroll(none, "__proto__", image(0));
  enroll(none, "10", image(0));
  for (const wrong of [new Uint8Array(783), [1, 2], null]) {
    assertThrows(() => enroll(none, "a", wrong as never), RangeError, "bytes");
  }
  assertThrows(
    () => enroll({} as never, "a", image(0)),
    RangeError,
    "a map of enrolled symbols",
  );
});

Deno.test("enroll() has room for 100 symbols of 100 drawings", () => {
  let all: Enrolled = new Map();
  for (let k = 0; k < 100; k++) all = enroll(all, `s${k}`, image(0));
  assertThrows(() => enroll(all, "one", image(0)), RangeError, "100 symbols");
  for (let k = 1; k < 100; k++) all = enroll(all, "s0", image(0));
  assertThrows(() => enroll(all, "s0", image(0)), RangeError, "100 drawings");
});
