import {
  type Domain,
  expectation,
  isIn,
  type KindDomain,
} from "../../numeric/domain.ts";
import { refuseFile, shown } from "../../numeric/refuse.ts";
import { record } from "../../training/settings/check_options.ts";
import { settingsSchema } from "../../training/settings/schema.ts";
import { presetDomain } from "../../training/settings/settings.ts";
import type {
  ExperimentPoint,
  ExperimentResult,
  ExperimentRun,
  ExperimentSettings,
  PointChoice,
} from "./result.ts";

const whole = { type: "integer", min: 1 } as const;
const share = { type: "number", min: 0, max: 1 } as const;
const { steps, classesPerBatch, imagesPerClass, learningRate } = settingsSchema;
const { normalization, embeddingSize, margin, miner } = settingsSchema;

/** The values that a setting of an experiment may have. */
const settingDomains: Record<keyof ExperimentSettings, Domain> = {
  preset: presetDomain,
  steps: steps.domain,
  classesPerBatch: classesPerBatch.domain,
  imagesPerClass: imagesPerClass.domain,
  learningRate: learningRate.domain,
  normalization: normalization.domain,
  embeddingSize: embeddingSize.domain,
  margin: margin.domain,
  miner: miner.domain,
  trainingImages: whole,
  testImages: whole,
  centroidImages: whole,
  far: share,
  backend: { type: "choice", of: ["wasm", "cpu", "webgpu"] },
};

const runDomains: Record<keyof ExperimentRun, Domain> = {
  seed: settingsSchema.seed.domain,
  centroidAccuracy: share,
  validationRate: share,
  far: share,
  spread: { type: "number", min: 0 },
  imagesSeen: whole,
};

const list: KindDomain = {
  type: "kind",
  expected: "a list",
  has: Array.isArray,
};
const numberOrText: KindDomain = {
  type: "kind",
  expected: "a number or a text",
  has: (value) => typeof value === "string" || Number.isFinite(value),
};

const pointDomains: Record<keyof ExperimentPoint, Domain> = {
  value: numberOrText,
  learningRate: learningRate.domain,
  jpegQuality: { type: "integer", min: 1, max: 100 },
  pixels: whole,
  runs: list,
};
const optional: readonly string[] = [
  "learningRate",
  "jpegQuality",
  "pixels",
] satisfies (keyof PointChoice)[];

/**
 * Checks what a file of results holds.
 *
 * @throws {SyntaxError} If a value is missing, unknown, or not what it should be, or
 * the file is another experiment's.
 */
export function checkResult(
  action: string,
  name: string,
  value: unknown,
): ExperimentResult {
  check(action, "the file", value, {
    experiment: { type: "choice", of: [name] },
    settings: record,
    varies: {
      type: "choice",
      of: [...Object.keys(settingDomains), "imageQuality"],
    },
    points: list,
  });
  const result = value as ExperimentResult;
  check(action, "settings", result.settings, settingDomains);
  for (const point of result.points) {
    check(action, "a point", point, pointDomains);
    const where = `a run of ${shown(point.value)}`;
    for (const run of point.runs) check(action, where, run, runDomains);
  }
  return result;
}

function check(
  action: string,
  what: string,
  value: unknown,
  domains: Record<string, Domain>,
): void {
  if (!record.has(value)) refuseFile(action, `${what} as object`, shown(value));
  const object = value as Record<string, unknown>;
  for (const [key, domain] of Object.entries(domains)) {
    if (object[key] === undefined && optional.includes(key)) continue;
    if (isIn(domain, object[key])) continue;
    const expected = `${key} of ${what} to be ${expectation(domain)}`;
    refuseFile(action, expected, shown(object[key]));
  }
  const unknown = Object.keys(object).find((key) =>
    !Object.hasOwn(domains, key)
  );
  if (unknown === undefined) return;
  const known = Object.keys(domains).join(", ");
  refuseFile(action, `no more of ${what} than ${known}`, shown(unknown));
}
