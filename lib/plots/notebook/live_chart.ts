import type { Figure } from "../figures/figure.ts";
import { figureBundle } from "./figure_bundle.ts";
import {
  currentNotebook,
  type Notebook,
  outputsSent,
  pageServed,
} from "./output.ts";
import { pace } from "./pace.ts";

/** A figure below a cell that changes while the cell runs. */
export interface LiveChart {
  /**
   * Draws the figure anew, unless the last time was less than a quarter of a
   * second ago; then `makeFigure` is not called.
   */
  update(makeFigure: () => Figure): Promise<void>;
  /** Draws the figure that stays. */
  finish(makeFigure: () => Figure): Promise<void>;
}

/**
 * Makes a figure that can be drawn again and again in one place. Its first
 * `update` or `finish` decides where: below the cell that runs then.
 *
 * Outside of a notebook nothing is drawn.
 *
 * @param notebook Where to draw it; the one whose kernel runs this by default.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { lossCurve } from "../figures/loss_curve.ts";
 *
 * const chart = liveChart();
 * const history: { step: number; loss: number }[] = [];
 * for (let step = 1; step <= 3; step++) {
 *   history.push({ step, loss: 1 / step });
 *   await chart.update(() => lossCurve(history));
 * }
 * await chart.finish(() => lossCurve(history));
 * assert.equal(history.length, 3);
 * ```
 */
export function liveChart(
  notebook: Notebook | undefined = currentNotebook(),
): LiveChart {
  const display_id = crypto.randomUUID();
  const due = pace();
  let update = false;
  const draw = async (figure: Figure) => {
    if (!notebook) return {};
    const bundle = figureBundle(figure, await notebook.plotly());
    await notebook.display(bundle, { display_id, update });
    update = true;
    return bundle;
  };
  return {
    update: async (makeFigure) => {
      if (!notebook || !due()) return;
      await draw(makeFigure());
      await pageServed();
    },
    finish: async (makeFigure) => {
      await outputsSent(await draw(makeFigure()));
    },
  };
}
