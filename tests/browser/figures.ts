import type { Locator, Page } from "playwright-core";
import type { DrawnFigure } from "../../lib/plots/pages/drawn_figure.ts";

/** What plotly.js knows of an axis, as far as it is used here. */
interface DrawnAxis {
  _offset: number;
  _length: number;
  d2p(value: unknown): number;
}

/** A figure as plotly.js has drawn it. */
interface Drawn extends DrawnFigure {
  _fullData: {
    type: string;
    /** The place among the traces that were given. */
    index: number;
    visible?: boolean | string;
    hoverinfo?: string;
    xaxis?: string;
    yaxis?: string;
    x?: ArrayLike<unknown>;
    y?: ArrayLike<unknown>;
    z?: ArrayLike<ArrayLike<unknown>>;
  }[];
  _fullLayout: Record<string, DrawnAxis>;
}

/** The figures of a page. */
export function figuresOf(page: Page): Promise<Locator[]> {
  return page.locator(".facenet-figure").all();
}

/** Whether plotly.js has drawn a figure, and its stand-in has gone. */
export function isLive(figure: Locator): Promise<boolean> {
  return figure.evaluate((place) =>
    place.querySelector(".main-svg") !== null &&
    place.querySelector(":scope > img, :scope > p") === null
  );
}

/** What a figure shows, in short: changes when it does. */
export function stateOf(figure: Locator): Promise<string> {
  return figure.evaluate((place) => {
    const { data, layout } = place as DrawnFigure;
    const { sliders: _, updatemenus: __, ...rest } = layout;
    return JSON.stringify([data, rest]);
  });
}

/**
 * Some points of a figure that an eye can find, in pixels of the screen.
 *
 * @param needImages Whether only points are wanted that have images.
 */
function pointsOf(
  figure: Locator,
  needImages = false,
): Promise<{ x: number; y: number }[]> {
  return figure.evaluate((place, needImages) => {
    const { _fullData, _fullLayout, layout, data } = place as Drawn;
    if (layout.hovermode === false) return [];
    const { left, top } = place.getBoundingClientRect();
    const axis = (name = "x") => _fullLayout[name.replace(/^./, "$&axis")]!;
    const inside = ({ _length }: DrawnAxis, at: number) =>
      at > 1 && at < _length - 1;
    return _fullData.flatMap((trace) => {
      const { type, visible, hoverinfo, x, y, z } = trace;
      const isHidden = visible !== true || hoverinfo === "skip" ||
        hoverinfo === "none";
      if (isHidden || type === "image" || !trace.xaxis) return [];
      const [xAxis, yAxis] = [axis(trace.xaxis), axis(trace.yaxis)];
      const count = type === "heatmap"
        ? z!.length * z![0]!.length
        : x?.length ?? 0;
      const { images } = (data[trace.index]?.meta ?? {}) as {
        images?: (number | number[] | null)[];
      };
      const wanted = Array.from({ length: count }, (_, i) => i).filter((i) =>
        !needImages || [images?.[i] ?? []].flat().length > 0
      );
      const every = Math.max(1, Math.floor(wanted.length / 4));
      return wanted.filter((_, k) => k % every === 0).map((i) => {
        if (type !== "heatmap") return [x![i], y![i]];
        const columns = z![0]!.length;
        const [row, column] = [Math.floor(i / columns), i % columns];
        if (z![row]?.[column] === null) return [undefined, undefined];
        return [x ? x[column] : column, y ? y[row] : row];
      }).flatMap(([x, y]) => {
        const [px, py] = [xAxis.d2p(x), yAxis.d2p(y)];
        // The middle of a bar, not its end.
        const down = type === "bar" || type === "histogram" ? 3 : 0;
        return inside(xAxis, px) && inside(yAxis, py + down)
          ? [{
            x: left + xAxis._offset + px,
            y: top + yAxis._offset + py + down,
          }]
          : [];
      });
    }).slice(0, 40);
  }, needImages);
}

/**
 * Whether a tooltip is seen while the pointer is over one of the figure's points;
 * undefined if there is none to point at.
 */
export async function showsTooltip(
  figure: Locator,
): Promise<boolean | undefined> {
  const page = figure.page();
  await figure.scrollIntoViewIfNeeded();
  const points = await pointsOf(figure);
  if (points.length === 0) return undefined;
  const every = Math.max(1, Math.floor(points.length / 8));
  for (const { x, y } of points.filter((_, i) => i % every === 0)) {
    await page.mouse.move(x - 3, y - 2);
    await page.mouse.move(x, y);
    const tooltip = figure.locator(".hoverlayer").locator("text, path");
    const isSeen = await tooltip.first().waitFor({
      state: "attached",
      timeout: 1500,
    }).then(() => true, () => false);
    if (isSeen) return true;
  }
  return false;
}

/** Whether hovering over points of a figure shows images. */
export async function showsImages(figure: Locator): Promise<boolean> {
  const page = figure.page();
  await figure.scrollIntoViewIfNeeded();
  const panel = figure.locator(".facenet-images img");
  for (const { x, y } of await pointsOf(figure, true)) {
    await page.mouse.move(x - 3, y - 2);
    await page.mouse.move(x, y);
    await page.waitForTimeout(250);
    if (await panel.first().isVisible()) return true;
  }
  return false;
}

/** Whether the slider of a figure changes what it shows. */
export async function sliderMoves(figure: Locator): Promise<boolean> {
  const rail = figure.locator(".slider-rail-touch-rect");
  await rail.scrollIntoViewIfNeeded();
  const before = await stateOf(figure);
  const box = (await rail.boundingBox())!;
  for (const share of [0.3, 0.7, 0.02]) {
    await rail.page().mouse.click(
      box.x + share * box.width,
      box.y + box.height / 2,
    );
    await rail.page().waitForTimeout(300);
    if (await stateOf(figure) !== before) return true;
  }
  return false;
}
