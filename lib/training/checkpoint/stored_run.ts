import { checkValue } from "../../numeric/domain.ts";
import { refuse, shown } from "../../numeric/refuse.ts";
import type { RunState } from "./run_state.ts";
import { checkSettings } from "../settings/check.ts";
import type { Settings } from "../settings/schema.ts";
import type { Validation } from "./validation.ts";

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

const count = { type: "integer", min: 0 } as const;

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
  const run = parse(text, name);
  checkSettings(action, run.settings);
  checkValue(action, "adamSteps", run.adamSteps, count);
  checkValue(action, "images", run.images, count);
  const { seed, batches } = Object(run.sampler);
  checkValue(action, "the sampler's seed", seed, { type: "integer" });
  checkValue(action, "the sampler's batches", batches, count);
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
  return run as unknown as StoredRun;
}

function parse(
  text: string | undefined,
  name: string,
): Record<string, unknown> {
  try {
    const run = JSON.parse(text ?? "null");
    if (typeof run === "object" && run !== null) return run;
  } catch {
    // As good as none.
  }
  throw new SyntaxError(
    `Cannot read ${name}: expected a run as JSON in its metadata, got ${
      shown(text)
    }`,
  );
}

function listIn(
  action: string,
  run: Record<string, unknown>,
  name: string,
): unknown[] {
  const list = run[name];
  if (!Array.isArray(list)) refuse(action, `a list of ${name}`, shown(list));
  return list as unknown[];
}
