import type { Figure } from "../figures/figure.ts";

/**
 * The figure without what only moves in a page: for pictures.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const figure = {
 *   data: [],
 *   layout: { height: 470, sliders: [{}] },
 *   play: { still: { height: 400 } },
 * };
 * assert.deepEqual(stillFigure(figure), { data: [], layout: { height: 400 } });
 * ```
 */
export function stillFigure({ data, layout, play }: Figure): Figure {
  const { sliders: _, updatemenus: __, ...rest } = layout;
  return play?.still
    ? { data, layout: { ...rest, ...play.still } }
    : { data, layout };
}
