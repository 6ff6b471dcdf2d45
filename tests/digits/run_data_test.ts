import { leaveOutClasses } from "../../lib/digits/leave_out.ts";
import { divideForRun, runSeeds } from "../../lib/digits/run_data.ts";
import { assert, assertEquals, assertThrows } from "../assert.ts";
import { stripes } from "../training/digits.ts";

const mnist = { train: stripes(240, 4, 1), test: stripes(40, 4, 2) };
const seeds = runSeeds(3);

Deno.test("divideForRun() takes left-out classes from both parts, after it divided", () => {
  const whole = divideForRun(mnist, seeds, 500);
  const known = divideForRun(mnist, seeds, 500, [2, 1]);
  assertEquals([whole.train.count, whole.validation.count], [220, 20]);
  assertEquals([known.train.count, known.validation.count], [110, 10]);
  for (const { labels } of [known.train, known.validation]) {
    assertEquals([...new Set(labels)].toSorted(), [0, 3]);
  }
  assertEquals(known.train, leaveOutClasses(whole.train, [1, 2]));
  assert(known.test === mnist.test);
  const few = divideForRun(mnist, seeds, 6, [1, 2]);
  assertEquals(few.validation.labels.length, 6);
});

Deno.test("divideForRun() divides as ever where nothing is left out", () => {
  const expected = divideForRun(mnist, seeds, 9);
  for (const none of [[], [9], undefined]) {
    assertEquals(divideForRun(mnist, seeds, 9, none), expected);
  }
});

Deno.test("leaveOutClasses() copies nothing where there is nothing to leave out", () => {
  assert(leaveOutClasses(mnist.train, [7]) === mnist.train);
  assertEquals(leaveOutClasses(mnist.train, [0, 1, 2, 3]).count, 0);
  assertThrows(
    () => leaveOutClasses(mnist.train, [0.5]),
    RangeError,
    "Cannot leave out classes: expected classes to be whole numbers of 32 bits, got 0.5 at 0",
  );
});
