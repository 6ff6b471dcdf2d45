import {
  checkRandom,
  createRandom,
  restoreRandom,
  shuffle,
} from "../../lib/numeric/random.ts";
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "../assert.ts";

Deno.test("createRandom() repeats its stream for the same seed", () => {
  const draw = (seed: number) => {
    const random = createRandom(seed);
    return Array.from({ length: 20 }, () => random.uniform());
  };
  assertEquals(draw(3), draw(3));
  assert(draw(3)[0] !== draw(4)[0]);
});

Deno.test("createRandom() draws whole numbers evenly and below the limit", () => {
  const random = createRandom(1);
  const counts = new Array(5).fill(0);
  for (let i = 0; i < 5000; i++) counts[random.integer(5)]++;
  for (const count of counts) assert(count > 850 && count < 1150);
});

Deno.test("createRandom() draws normal numbers of mean 0 and deviation 1", () => {
  const random = createRandom(2);
  const draws = Array.from({ length: 20000 }, () => random.normal());
  const mean = draws.reduce((a, b) => a + b) / draws.length;
  const variance = draws.reduce((a, b) => a + b * b, 0) / draws.length;
  assertAlmostEquals(mean, 0, 0.03);
  assertAlmostEquals(variance, 1, 0.05);
});

Deno.test("createRandom() refuses a seed that is not a whole number", () => {
  assertThrows(() => createRandom(0.5), RangeError, "got 0.5");
  assertThrows(() => createRandom(NaN), RangeError, "got NaN");
});

Deno.test("restoreRandom() continues where state() was taken", () => {
  const random = createRandom(9);
  random.normal();
  const copy = restoreRandom(random.state());
  assertEquals([copy.uniform(), copy.integer(99)], [
    random.uniform(),
    random.integer(99),
  ]);
});

Deno.test("shuffle() keeps every item and changes the order", () => {
  const items = Int32Array.from({ length: 100 }, (_, i) => i);
  const shuffled = shuffle(items.slice(), createRandom(5));
  assert(shuffled.some((value, i) => value !== i));
  assertEquals(shuffled.toSorted(), items);
});

Deno.test("restoreRandom() refuses a state that it could not leave", () => {
  const cases: [number[], string][] = [
    [[0, 0, 0, 0], "expected a state other than 0, got [0, 0, 0, 0]"],
    [[1, 2, 3], "expected 4 numbers of its state, got 3"],
    [[1, 2, 3, 2 ** 31], "got 2147483648 at 3"],
  ];
  for (const [state, message] of cases) {
    assertThrows(() => restoreRandom(state), RangeError, message);
  }
});

Deno.test("createRandom() refuses limits below which nothing is", () => {
  const random = createRandom(1);
  for (const limit of [0, -1, 2.5, NaN, Infinity]) {
    assertThrows(() => random.integer(limit), RangeError, `got ${limit}`);
  }
  assertEquals(random.state(), createRandom(1).state());
});

Deno.test("checkRandom() takes streams and refuses Math.random", () => {
  checkRandom("draw", createRandom(1));
  assertThrows(
    () => checkRandom("draw", Math.random),
    RangeError,
    "Cannot draw: expected random to be a stream of createRandom, got a function",
  );
});
