import { optionsOf } from "../../numeric/options.ts";
import type { CheckpointCallbacks } from "../checkpoint/writer.ts";

/** Callbacks by their former names: `onStep` for `step`. */
export type FormerCallbacks<C> = {
  [K in keyof C & string as `on${Capitalize<K>}`]?: C[K];
};

/**
 * Options of checkpoints by their former names.
 *
 * @deprecated Use {@linkcode CheckpointOptions} and the callbacks in `on`.
 */
export interface KeepOptions extends FormerCallbacks<CheckpointCallbacks> {
  /** @deprecated Use `everySteps`. */
  checkpointSteps?: number | undefined;
  /** @deprecated Use `everySeconds`. */
  checkpointSeconds?: number | undefined;
}

/**
 * Options without the callbacks among them, and those by their present names.
 *
 * @throws {RangeError} If the options are no object.
 */
export function withoutFormerCallbacks(action: string, options: object) {
  const callbacks: Record<string, unknown> = {};
  const others: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(optionsOf(action, options))) {
    const [, first, rest] = /^on([A-Z])(.*)$/.exec(name) ?? [];
    if (first) callbacks[first.toLowerCase() + rest] = value;
    else others[name] = value;
  }
  return { callbacks, others };
}
