import type { MimeBundle } from "../encode/mime_bundle.ts";
import { type PlotlySource, servePlotly } from "../pages/plotly_source.ts";

/** Whether an output is a new one or takes the place of an earlier one. */
export interface DisplayOptions {
  /** A name that a later call can replace the output by. */
  display_id?: string;
  /** Whether the output of this name is replaced; if not, one is added. */
  update?: boolean;
}

/** The notebook whose kernel runs this code. */
export interface Notebook {
  /** Adds or replaces an output. */
  display(bundle: MimeBundle, options?: DisplayOptions): Promise<void>;
  /** Where the pages that show the notebook find plotly.js. */
  plotly(): Promise<PlotlySource>;
}

/** The notebook of `deno jupyter`'s kernel, undefined elsewhere. */
export function currentNotebook(): Notebook | undefined {
  let jupyter: typeof Deno.jupyter;
  try {
    jupyter = Deno.jupyter; // throws outside of the kernel
  } catch {
    return undefined;
  }
  return {
    display: (bundle, options) =>
      jupyter.display(bundle, { raw: true, ...options }),
    plotly: servePlotly,
  };
}

/**
 * Waits until the kernel has sent its outputs. One that is still on its way
 * when the kernel reports a cell as finished is lost to some readers, nbclient
 * among them; 20 ms lost none in 92 runs. A large one takes longer: of 1 MB, 20
 * ms lost one.
 *
 * @param bundle What was sent last.
 */
export function outputsSent(bundle: MimeBundle = {}): Promise<void> {
  return wait(20 + JSON.stringify(bundle).length / 10_000);
}

/**
 * Lets the kernel send an output and the page load what it draws with, while
 * code that computes goes on for long.
 */
export function pageServed(): Promise<void> {
  return wait(1);
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
