import {
  experimentNames,
  experiments,
  experimentSettings,
} from "../../../lib/experiment/series/experiments.ts";
import { settingsAt } from "../../../lib/experiment/series/run_point.ts";
import { checkResult } from "../../../lib/experiment/series/check_result.ts";
import { assert, assertEquals } from "../../assert.ts";

Deno.test("experiments have points of different values that a file may hold", () => {
  for (const name of experimentNames) {
    const { varies, points } = experiments[name];
    const values = points.map(({ value }) => value);
    assertEquals(new Set(values).size, values.length);
    for (const point of points) {
      const settings = settingsAt(experiments[name], point, experimentSettings);
      const file = { experiment: name, settings, varies };
      checkResult("check", name, { ...file, points: [{ ...point, runs: [] }] });
    }
  }
});

Deno.test("experiments of a setting have the settings of all as a point", () => {
  for (const { varies, points } of Object.values(experiments)) {
    if (varies === "imageQuality") continue;
    const base = experimentSettings[varies];
    assert(points.some(({ value }) => value === base), varies);
  }
});

Deno.test("settingsAt() changes what varies and the learning rate, nothing else", () => {
  const { normalization, "image-quality": quality } = experiments;
  const base = experimentSettings;
  const point = { value: "none", learningRate: 0.25 };
  assertEquals(settingsAt(normalization, point, base), {
    ...base,
    normalization: "none",
    learningRate: 0.25,
  });
  assertEquals(settingsAt(quality, quality.points[0]!, base), base);
});
