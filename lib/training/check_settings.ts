import type { Settings } from "./settings.ts";

/** The least and greatest value of each number among the settings. */
const ranges: Partial<Record<keyof Settings, [number, number]>> = {
  steps: [1, 1e9],
  epochs: [1e-9, 1e6],
  seconds: [1e-9, 1e9],
  learningRate: [1e-9, 10],
  warmUpSteps: [0, 1e9],
  classesPerBatch: [2, 10],
  imagesPerClass: [2, 1000],
  margin: [0, 4],
  embeddingSize: [1, 4096],
  workers: [1, 1000],
  validateEvery: [0, 1e9],
  validationImages: [1, 5000],
};
const whole: ReadonlySet<string> = new Set<keyof Settings>([
  "steps",
  "warmUpSteps",
  "classesPerBatch",
  "imagesPerClass",
  "embeddingSize",
  "workers",
  "validateEvery",
  "validationImages",
]);

/** @throws {RangeError} If a number is out of range. */
export function checkSettings(settings: Settings): void {
  for (const [key, range] of Object.entries(ranges)) {
    check(key, settings[key as keyof Settings], range);
  }
}

function check(
  key: string,
  value: unknown,
  [least, greatest]: [number, number],
): void {
  if (value === undefined) return;
  const fits = typeof value === "number" && value >= least &&
    value <= greatest && (!whole.has(key) || Number.isInteger(value));
  if (!fits) {
    throw new RangeError(
      `Cannot train with this ${key}: expected a ${
        whole.has(key) ? "whole " : ""
      }number from ${least} to ${greatest}, got ${value}`,
    );
  }
}
