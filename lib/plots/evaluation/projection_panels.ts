import { checkWhole } from "../../numeric/domain.ts";
import { checkItems, checkLength, checkSome } from "../../numeric/list.ts";
import { optionsOf } from "../../numeric/options.ts";
import { type Figure, isFigure } from "../figures/figure.ts";
import { number } from "../figures/read.ts";
import { styledLayout } from "../figures/style.ts";
import { shareImages } from "../play/point_images.ts";
import { panelOf } from "./panel.ts";

const action = "draw projections side by side";
/** On the screen, in pixels. */
const GAP = 12;
const HEAD = 28;
const TITLE = 32;

/** The names of the panels and how they lie. */
export interface PanelOptions {
  /** What stands above each panel. */
  names: readonly string[];
  /** How many panels are in a row at most; 3 by default. */
  columns?: number;
  /** The line above all; none by default. */
  title?: string;
}

/**
 * Puts figures of projections, such as `scatter2d` gives, side by side, each as
 * large as its layout says. Axes have no numbers there: those of projections mean
 * nothing. Images that `withImages` gave to points stay with them.
 *
 * @param figures All of the size of the first.
 * @throws {RangeError} If there is no figure, or the names are not as many.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { scatter2d } from "../figures/scatter/scatter_2d.ts";
 *
 * const points = { values: Float32Array.of(0, 1, 1, 0), count: 2, size: 2 };
 * const panel = scatter2d(points, [3, 5], { width: 200, height: 200 });
 * const figure = projectionPanels([panel, panel], { names: ["PCA", "UMAP"] });
 * assert.deepEqual(figure.data.map(({ xaxis }) => xaxis), ["x", "x", "x2", "x2"]);
 * ```
 */
export function projectionPanels(
  figures: readonly Figure[],
  options: PanelOptions,
): Figure {
  const { names, columns: most = 3, title = "" } = optionsOf(action, options);
  checkSome(action, "figures", figures);
  checkItems(action, "figures", figures, isFigure);
  checkLength(action, "names", names, figures.length);
  checkWhole(action, "columns", most, 1, 100);

  const columns = Math.min(most, figures.length);
  const rows = Math.ceil(figures.length / columns);
  const { width: w, height: h } = figures[0]!.layout;
  const [width, height] = [number(w, 300), number(h, 300)];
  const whole = {
    width: columns * (width + GAP) + GAP,
    height: rows * (height + HEAD) + GAP,
  };
  const shared = shareImages(figures);
  const panels = shared.figures.map((figure, i) => {
    const left = GAP + i % columns * (width + GAP);
    const top = HEAD + Math.floor(i / columns) * (height + HEAD);
    return panelOf(figure, i, `${names[i]}`, {
      x: [left / whole.width, (left + width) / whole.width],
      y: [1 - (top + height) / whole.height, 1 - top / whole.height],
    });
  });
  const above = title ? TITLE : 0;
  return {
    data: panels.flatMap(({ data }) => data),
    layout: styledLayout({
      title,
      width: whole.width,
      height: whole.height + above,
    }, {
      margin: { l: 0, r: 0, t: above, b: 0 },
      showlegend: false,
      ...Object.assign({}, ...panels.map(({ axes }) => axes)),
      annotations: panels.flatMap(({ annotations }) => annotations),
    }),
    ...(shared.images.length > 0 && { play: { images: shared.images } }),
  };
}
