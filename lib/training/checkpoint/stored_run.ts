import { crc32 } from "node:zlib";
import type { Dataset } from "../../digits/dataset.ts";
import { checkValue, checkWhole } from "../../numeric/domain.ts";
import { refuse, refuseFile, shown } from "../../numeric/refuse.ts";
import { completeSettings } from "../settings/complete.ts";
import type { Settings } from "../settings/schema.ts";
import type { RunState, Validation } from "./run_state.ts";

/** What a checkpoint has besides tensors: what JSON can say. */
export interface StoredRun extends Omit<RunState, "weights" | "adam"> {
  settings: Settings;
  /** Stands for the training images, as `fingerprint` gives it. */
  images: number;
  /** The measurements on validation images so far. */
  validations: Validation[];
  /** Steps that the optimizer made. */
  adamSteps: number;
}

/**
 * A number that stands for a dataset: the CRC-32 of its images and labels.
 * Continuing a run with other images would go unnoticed otherwise.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const images = new Uint8Array(2);
 * const set = { images, labels: images, count: 2, height: 1, width: 1 };
 * const other = { ...set, labels: Uint8Array.of(0, 1) };
 * assert.equal(fingerprint(set), fingerprint({ ...set }));
 * assert.notEqual(fingerprint(set), fingerprint(other));
 * ```
 */
export function fingerprint({ images, labels }: Dataset): number {
  return crc32(Uint8Array.from(labels), crc32(images));
}

/**
 * Reads the run of a checkpoint.
 *
 * @param text The JSON.
 * @param name What messages call the file.
 * @throws {SyntaxError} If it is none.
 * @throws {RangeError} If a setting is unknown or has a value that it may not have,
 * or something that a run needs is missing.
 */
export function readStoredRun(
  text: string | undefined,
  name: string,
): StoredRun {
  const action = `read ${name}`;
  const run = parse(action, text);
  const { threads, ...settings } = completeSettings(action, run.settings);
  // Older versions wrote as workers the cores of their machine, asked for or not.
  const isAsked = threads !== undefined && !("workers" in Object(run.settings));
  const { seed, batches } = Object(run.sampler);
  for (const count of ["adamSteps", "images"]) {
    checkWhole(action, count, run[count]);
  }
  checkValue(action, "the sampler's seed", seed, { type: "integer" });
  checkWhole(action, "the sampler's batches", batches);
  const draws = listIn(action, run, "draws");
  if (draws.length !== 4 || !draws.every(Number.isSafeInteger)) {
    refuse(action, "draws to be 4 whole numbers", shown(draws));
  }
  listIn(action, run, "validations");
  listIn(action, run, "steps").forEach((each, i) => {
    const { step, progress, seconds } = Object(each);
    if (step !== i + 1) refuse(action, `step ${i + 1}`, shown(step));
    const since = { type: "number", min: 0 } as const;
    checkValue(action, `the progress of step ${step}`, progress, since);
    checkValue(action, `the seconds of step ${step}`, seconds, since);
  });
  return {
    ...run,
    settings: { ...settings, ...(isAsked && { threads }) },
  } as StoredRun;
}

function parse(
  action: string,
  text: string | undefined,
): Record<string, unknown> {
  try {
    const run = JSON.parse(text ?? "null");
    if (typeof run === "object" && run !== null) return run;
  } catch {
    // As good as none.
  }
  refuseFile(action, "a run as JSON in its metadata", shown(text));
}

function listIn(
  action: string,
  run: Record<string, unknown>,
  name: string,
): unknown[] {
  const list = run[name];
  if (!Array.isArray(list)) refuse(action, `a list of ${name}`, shown(list));
  return list;
}
