import fc from "fast-check";
import { divideIntoFolds } from "../../../lib/evaluation/verification/divide_into_folds.ts";
import { createRandom } from "../../../lib/numeric/random.ts";
import { assert, assertEquals, assertThrows } from "../../assert.ts";

Deno.test("divideIntoFolds() deals each image once and each class evenly", () => {
  const labels = fc.array(fc.nat(4), { minLength: 2, maxLength: 60 });
  fc.assert(fc.property(labels, fc.nat(), fc.nat(), (labels, n, seed) => {
    const count = 2 + n % (labels.length - 1);
    const folds = divideIntoFolds(labels, count, createRandom(seed));
    assertEquals(folds.length, count);
    assertEquals(
      folds.flatMap((fold) => [...fold]).toSorted((a, b) => a - b),
      [...labels.keys()],
    );
    for (const fold of folds) assertEquals(fold, fold.toSorted());
    for (const label of [null, 0, 1, 2, 3, 4]) {
      const sizes = folds.map((fold) =>
        fold.filter((i) => label === null || labels[i] === label).length
      );
      assert(Math.max(...sizes) - Math.min(...sizes) <= 1);
    }
    assertEquals(divideIntoFolds(labels, count, createRandom(seed)), folds);
  }));
});

Deno.test("divideIntoFolds() follows its seed", () => {
  const labels = new Uint8Array(100);
  const [a, b] = [1, 2].map((seed) =>
    divideIntoFolds(labels, 2, createRandom(seed))[0]!.join()
  );
  assert(a !== b);
});

Deno.test("divideIntoFolds() refuses bad input and says what came", () => {
  const refuses = (message: string, labels: number[], folds: number) =>
    assertThrows(
      () => divideIntoFolds(labels, folds, createRandom(1)),
      RangeError,
      message,
    );
  refuses(
    "expected folds to be a whole number from 2 to 3, one image each, got 4",
    [1, 2, 3],
    4,
  );
  refuses("got 1", [1, 2, 3], 1);
  refuses("got 2.5", [1, 2, 3], 2.5);
  refuses("expected labels, got none", [], 2);
  refuses("got NaN at 0", [NaN, 1], 2);
});
