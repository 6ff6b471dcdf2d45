import { presets, settle } from "../../lib/training/settings.ts";
import { assertEquals, assertThrows } from "../assert.ts";

Deno.test("settle() gives a preset's settings as they are", () => {
  assertEquals(settle("quick", {}), { ...presets.quick });
});

Deno.test("settle() lets a budget replace the preset's", () => {
  const { steps, epochs } = settle("quick", { epochs: 0.5 });
  assertEquals([steps, epochs], [undefined, 0.5]);
});

Deno.test("settle() takes undefined for not given", () => {
  const changes = { steps: undefined, margin: undefined } as object;
  assertEquals(settle("full", changes), { ...presets.full });
});

Deno.test("settle() names what is out of range", () => {
  const cases = [
    [{ steps: 0 }, "steps: expected a whole number from 1"],
    [{ steps: 1.5 }, "got 1.5"],
    [{ margin: -1 }, "margin: expected a number from 0 to 4, got -1"],
    [{ learningRate: NaN }, "learningRate"],
    [{ classesPerBatch: 11 }, "from 2 to 10, got 11"],
    [{ seconds: 0 }, "seconds"],
    [{ epochs: 0 }, "epochs"],
  ] as const;
  for (const [changes, message] of cases) {
    assertThrows(() => settle("quick", changes), RangeError, message);
  }
});

Deno.test("settle() refuses a preset that it does not know", () => {
  assertThrows(
    () => settle("slow" as "quick", {}),
    RangeError,
    "expected one of quick, full, seed, got slow",
  );
});

Deno.test("settle() knows the original's recipe", () => {
  const { epochs, steps, ...seed } = settle("seed", {});
  assertEquals([epochs, steps], [1, undefined]);
  const { classesPerBatch, imagesPerClass, margin, learningRate } = seed;
  assertEquals([classesPerBatch, imagesPerClass], [6, 10]);
  assertEquals([margin, learningRate, seed.schedule], [0.2, 1e-3, "constant"]);
  assertEquals([seed.rule, seed.embeddingSize], ["explicit", 4]);
  assertEquals([seed.binarize, seed.normalization], [true, "none"]);
});
