import fc from "fast-check";
import {
  accuracy,
  rightAndWrong,
} from "../../../lib/evaluation/classification/accuracy.ts";
import { assert, assertEquals, assertThrows } from "../../assert.ts";

const pairs = fc.array(
  fc.record({
    predicted: fc.nat(9),
    actual: fc.nat(9),
    certainty: fc.float({ min: 0, noNaN: true }),
  }),
  { minLength: 1, maxLength: 40 },
);

Deno.test("accuracy() is the share of equal labels, whatever their order", () => {
  fc.assert(fc.property(pairs, (items) => {
    const predicted = items.map((item) => item.predicted);
    const actual = items.map((item) => item.actual);
    const right = items.filter((item) => item.predicted === item.actual);
    const share = right.length / items.length;
    assertEquals(accuracy(predicted, actual), share);
    assertEquals(accuracy(predicted.toReversed(), actual.toReversed()), share);
  }));
});

Deno.test("accuracy() refuses lists of different lengths, none, and NaN", () => {
  assertThrows(
    () => accuracy([1, 2], [1, 2, 3]),
    RangeError,
    "expected 3 predictions, got 2",
  );
  assertThrows(() => accuracy([], []), RangeError, "got none");
  assertThrows(() => accuracy([NaN], [1]), RangeError, "got NaN at 0");
});

Deno.test("rightAndWrong() lists every index once, in ascending order", () => {
  const { right, wrong } = rightAndWrong([1, 0, 2, 2], [1, 1, 2, 0]);
  assertEquals(right, Int32Array.of(0, 2));
  assertEquals(wrong, Int32Array.of(1, 3));
});

Deno.test("rightAndWrong() begins with the surest where it has certainties", () => {
  fc.assert(fc.property(pairs, (items) => {
    const certainties = items.map((item) => item.certainty);
    const { right, wrong } = rightAndWrong(
      items.map((item) => item.predicted),
      items.map((item) => item.actual),
      certainties,
    );
    for (const list of [right, wrong]) {
      for (let i = 1; i < list.length; i++) {
        const [before, here] = [list[i - 1]!, list[i]!];
        assert(certainties[before]! >= certainties[here]!);
        if (certainties[before] === certainties[here]) assert(before < here);
      }
    }
    assertEquals(
      [...right, ...wrong].toSorted((a, b) => a - b),
      items.map((_, i) => i),
    );
    assert(wrong.every((i) => items[i]!.predicted !== items[i]!.actual));
  }));
});

Deno.test("rightAndWrong() refuses certainties that do not fit", () => {
  assertThrows(
    () => rightAndWrong([1], [1], [1, 2]),
    RangeError,
    "expected 1 certainties, got 2",
  );
  assertThrows(
    () => rightAndWrong([1], [1], [NaN]),
    RangeError,
    "got NaN at 0",
  );
});
