import {
  changeSettings,
  presets,
  resolveSettings,
  settle,
} from "../../../lib/training/settings/settings.ts";
import { completeSettings } from "../../../lib/training/settings/complete.ts";
import { shown } from "../../../lib/numeric/refuse.ts";
import { assertEquals, assertThrows } from "../../assert.ts";

/** Kingma and Ba's decays and no digit left out: no preset has others. */
const defaults = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, leaveOut: [] };

Deno.test("resolveSettings() gives a preset's settings, and defaults", () => {
  assertEquals(resolveSettings("quick", {}), { ...presets.quick, ...defaults });
});

Deno.test("resolveSettings() lets a budget replace the preset's", () => {
  const { steps, epochs } = resolveSettings("quick", { epochs: 0.5 });
  assertEquals([steps, epochs], [undefined, 0.5]);
});

Deno.test("resolveSettings() takes undefined for not given", () => {
  const changes = { steps: undefined, margin: undefined } as object;
  assertEquals(resolveSettings("full", changes), {
    ...presets.full,
    ...defaults,
  });
});

Deno.test("resolveSettings() names what is out of range", () => {
  const cases = [
    [{ steps: 0 }, "expected steps to be a whole number of 1 or more, got 0"],
    [{ steps: 1.5 }, "got 1.5"],
    [{ margin: -1 }, "expected margin to be a number from 0 to 4, got -1"],
    [{ learningRate: NaN }, "learningRate"],
    [{ classesPerBatch: 1001 }, "from 2 to 1000, got 1001"],
    [{ seconds: 0 }, "seconds"],
    [{ epochs: 0 }, "epochs"],
  ] as const;
  for (const [changes, message] of cases) {
    assertThrows(() => resolveSettings("quick", changes), RangeError, message);
  }
});

Deno.test("resolveSettings() refuses a preset that it does not know", () => {
  const names = ["slow", "constructor", "__proto__", "toString", "", "Quick"];
  for (const name of [...names, 1, null, undefined, ["quick"], {}, NaN]) {
    assertThrows(
      () => resolveSettings(name as "quick"),
      RangeError,
      `Cannot train: expected preset to be one of quick, full, seed, got ${
        shown(name)
      }`,
    );
  }
});

Deno.test("resolveSettings() refuses changes that are no record", () => {
  for (const changes of [null, "margin", 5, true, [], [1], () => 1]) {
    assertThrows(
      () => resolveSettings("quick", changes as object),
      RangeError,
      `Cannot train: expected settings in an object, got ${shown(changes)}`,
    );
  }
});

Deno.test("resolveSettings() allows several limits, which replace the preset's together", () => {
  const { steps, epochs, seconds } = resolveSettings("seed", {
    steps: 5,
    seconds: 60,
  });
  assertEquals([steps, epochs, seconds], [5, undefined, 60]);
});

Deno.test("resolveSettings() allows the 26 letters in a batch", () => {
  assertEquals(
    resolveSettings("quick", { classesPerBatch: 26 }).classesPerBatch,
    26,
  );
});

Deno.test("changeSettings() refuses settings without a limit", () => {
  const { steps: _, ...endless } = presets.quick;
  assertThrows(
    () => changeSettings(endless, {}),
    RangeError,
    "Cannot train: expected a budget of steps, epochs or seconds, got none",
  );
});

Deno.test("resolveSettings() knows the original's recipe", () => {
  const { epochs, steps, ...seed } = resolveSettings("seed", {});
  assertEquals([epochs, steps], [1, undefined]);
  const { classesPerBatch, imagesPerClass, margin, learningRate } = seed;
  assertEquals([classesPerBatch, imagesPerClass], [6, 10]);
  assertEquals([margin, learningRate, seed.schedule], [0.2, 1e-3, "constant"]);
  assertEquals([seed.miner, seed.embeddingSize], ["explicit", 4]);
  assertEquals([seed.binarize, seed.normalization], [true, "none"]);
});

Deno.test("settle() is the former name of resolveSettings()", () => {
  assertEquals(settle("seed", { beta1: 0.5 }).beta1, 0.5);
  assertThrows(() => settle("quick", { margin: 5 }), RangeError);
});

Deno.test("presets have their miner as rule as well, copies of them do not", () => {
  const { seed } = presets;
  assertEquals([seed.rule, seed.miner], ["explicit", "explicit"]);
  assertEquals(Object.hasOwn({ ...seed }, "rule"), false);
  assertEquals(
    resolveSettings("seed", { rule: "batch-all" }).miner,
    "batch-all",
  );
});

Deno.test("settle() calls the miner rule as well, also in a changed copy", () => {
  const settings = settle("seed");
  assertEquals([settings.rule, settings.miner], ["explicit", "explicit"]);
  assertEquals(completeSettings("train", settings), resolveSettings("seed"));
  const { miner } = completeSettings("train", {
    ...settings,
    rule: "batch-all",
  });
  assertEquals(miner, "batch-all");
});
