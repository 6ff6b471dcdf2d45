import fc from "fast-check";
import { confusionMatrix } from "../../../lib/evaluation/classification/confusion_matrix.ts";
import golden from "../../fixtures/centroids.json" with { type: "json" };
import { assertEquals, assertThrows } from "../../assert.ts";

Deno.test("confusionMatrix() equals scikit-learn's", () => {
  assertEquals(
    confusionMatrix(golden.predicted, golden.labels.slice(40), [1, 2, 5, 9]),
    golden.confusion,
  );
});

Deno.test("confusionMatrix() counts each pair of classes", () => {
  const label = fc.constantFrom(3, 4, 8);
  const pairs = fc.array(fc.tuple(label, label), { minLength: 1 });
  fc.assert(fc.property(pairs, (items) => {
    const counts = confusionMatrix(
      items.map(([predicted]) => predicted),
      items.map(([, actual]) => actual),
      [8, 3, 4],
    );
    [8, 3, 4].forEach((actual, row) =>
      [8, 3, 4].forEach((predicted, column) =>
        assertEquals(
          counts[row]![column],
          items.filter(([p, a]) => p === predicted && a === actual).length,
        )
      )
    );
  }));
});

Deno.test("confusionMatrix() refuses classes that do not fit", () => {
  assertThrows(
    () => confusionMatrix([1, 7], [1, 1], [0, 1]),
    RangeError,
    "expected classes 0, 1, got 7",
  );
  assertThrows(
    () => confusionMatrix([1], [7], [0, 1]),
    RangeError,
    "got 7",
  );
  assertThrows(
    () => confusionMatrix([1], [1], [1, 1]),
    RangeError,
    "expected distinct classes, got [1, 1]",
  );
  assertThrows(() => confusionMatrix([1], [1, 1], [1]), RangeError, "got 1");
});

Deno.test("confusionMatrix() takes labels of any size, and refuses tables that are too large", () => {
  const [low, high] = [-(2 ** 31), 2 ** 31 - 1];
  const confusion = confusionMatrix([low, high], [high, high], [high, low]);
  assertEquals(confusion, [[1, 1], [0, 0]]);
  const many = Int32Array.from({ length: 10001 }, (_, label) => label);
  assertThrows(
    () => confusionMatrix(many, many, many),
    RangeError,
    "expected the number of classes to be a whole number from 1 to 10000, got 10001",
  );
  assertThrows(
    () => confusionMatrix([-1], [1], many.subarray(0, 9999)),
    RangeError,
    "expected classes 0, 1, 2, 3",
  );
});
