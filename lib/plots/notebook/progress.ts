import { checkValue } from "../../numeric/domain.ts";
import { optionsOf } from "../../numeric/options.ts";
import {
  currentNotebook,
  type Notebook,
  outputsSent,
  pageServed,
} from "./output.ts";
import { escapeHtml } from "../encode/escape.ts";
import { round } from "../figures/numbers.ts";
import { pace } from "./pace.ts";

/** A bar that says how far something has come. */
export interface Progress {
  /**
   * Shows how much is done, at most four times a second.
   *
   * @param done In [0, total].
   * @param note Something to read beside it, such as the loss.
   * @throws {RangeError} If `done` is not a number of 0 or more.
   */
  update(done: number, note?: string): Promise<void>;
  /** Shows that it has ended, also before the total; once. */
  finish(note?: string): Promise<void>;
}

/** Where a terminal or a file shows progress: the standard error, as a rule. */
export interface ProgressStream {
  isTerminal(): boolean;
  writeSync(bytes: Uint8Array): number;
}

/** Where a bar is shown; only tests need other places than the defaults. */
export interface ProgressPlace {
  /** The notebook; the one whose kernel runs this by default. */
  notebook?: Notebook | undefined;
  /** Used outside of a notebook; the standard error by default. */
  stream?: ProgressStream;
  /** The clock, in milliseconds. */
  now?: () => number;
}

/**
 * Makes a progress bar: below a notebook's cell, as one line of a terminal that
 * is written over, or, in a file, as a line for every tenth.
 *
 * @param total What `done` will be in the end, above 0.
 * @param label What is done.
 * @throws {RangeError} If the total is not a finite number above 0.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const bar = progress(2, "Counting");
 * await bar.update(1, "one");
 * await bar.update(2, "two");
 * await bar.finish("counted");
 * assert.throws(() => progress(0, "Nothing"), RangeError);
 * ```
 */
export function progress(
  total: number,
  label: string,
  place: ProgressPlace = {},
): Progress {
  const action = "show progress";
  checkValue(action, "the total", total, { type: "number", above: 0 });
  const {
    notebook = currentNotebook(),
    stream = Deno.stderr,
    now = () => performance.now(),
  } = optionsOf(action, place);
  const start = now();
  const due = pace(250, now);
  const write = notebook ? inNotebook(notebook) : onStream(stream);
  let state = { done: 0, note: "" };

  const show = (ended: boolean) => {
    const { done, note } = state;
    const seconds = (now() - start) / 1000;
    const left = done > 0 ? seconds / done * total - seconds : 0;
    const text = [
      `${label} ${round(done, 6)} / ${total}`,
      ...(note ? [note] : []),
      ended || left <= 0 ? duration(seconds) : `${duration(left)} left`,
    ].join(" · ");
    return write({ share: Math.min(1, done / total), text, ended });
  };
  return {
    update: async (done, note = "") => {
      checkValue(action, "what is done", done, { type: "number", min: 0 });
      state = { done, note };
      if (due()) await show(false);
    },
    finish: (note = state.note) => {
      state = { ...state, note };
      return show(true);
    },
  };
}

interface View {
  share: number;
  text: string;
  ended: boolean;
}

function inNotebook(notebook: Notebook): (view: View) => Promise<void> {
  const display_id = crypto.randomUUID();
  let update = false;
  return async ({ share, text, ended }) => {
    const bar = `<progress value="${round(share)}"></progress>`;
    await notebook.display({
      "text/html": `<div>${bar} ${escapeHtml(text)}</div>`,
      "text/plain": text,
    }, { display_id, update });
    update = true;
    await (ended ? outputsSent() : pageServed());
  };
}

function onStream(stream: ProgressStream): (view: View) => Promise<void> {
  const encoder = new TextEncoder();
  const write = (text: string) => stream.writeSync(encoder.encode(text));
  const terminal = stream.isTerminal();
  let tenths = 0;
  return ({ share, text, ended }) => {
    if (terminal) {
      // To the start of the line, over it, and clear what is left of it.
      write(`\r${text}\x1b[K${ended ? "\n" : ""}`);
    } else if (ended || Math.floor(10 * share) > tenths) {
      tenths = Math.floor(10 * share);
      write(`${text}\n`);
    }
    return Promise.resolve();
  };
}

/** Such as "12 s" or "3:05 min". */
function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 100) return `${whole} s`;
  const rest = String(whole % 60).padStart(2, "0");
  return `${Math.floor(whole / 60)}:${rest} min`;
}
