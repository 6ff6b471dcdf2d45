import type { Figure } from "../figures/figure.ts";
import type { AfterDrawing, DrawnFigure, PlotlyPage } from "./drawn_figure.ts";
import type { PlotlySource } from "./plotly_source.ts";

/** What the page's `window` holds once plotly.js is there, or on its way. */
interface Page extends PlotlyPage {
  facenetPlotly?: Promise<void> | undefined;
  caches?: CacheStorage;
  ResizeObserver?: typeof ResizeObserver;
}

/**
 * Draws a figure into an element of a page. This runs in the page, not here:
 * its source is what a figure's `text/html` holds, so it uses nothing from
 * outside of it.
 *
 * Where the page has less room than the figure is wide, it is drawn narrower, also
 * when the page becomes so.
 *
 * plotly.js is loaded once for all figures of the page, and kept by the browser,
 * where that can, for the day when the notebook is opened without its kernel. If
 * it cannot be loaded or does not draw, what the element holds stays, and the
 * next figure tries again.
 *
 * @param after What is called once the figure has been drawn.
 */
export function drawInPage(
  id: string,
  figure: Figure,
  { urls, integrity }: PlotlySource,
  after: AfterDrawing[] = [],
): void {
  const page = globalThis as Page;
  const attempt = async <T>(work: () => T): Promise<Awaited<T> | undefined> => {
    try {
      return await work();
    } catch {
      return undefined;
    }
  };
  const draw = async () => {
    const place = document.getElementById(id);
    if (!place) return;
    const standIn = [...place.childNodes];
    place.replaceChildren();
    const { layout } = figure;
    const fitting = () => {
      // Nothing is known of the room in a page that is hidden.
      const room = Math.max(360, place.clientWidth || Infinity);
      return Math.min(layout.width as number, room);
    };
    const hasWidth = typeof layout.width === "number";
    const first = hasWidth ? { ...layout, width: fitting() } : layout;
    try {
      await page.Plotly!.newPlot(place, { ...figure, layout: first });
    } catch {
      return place.replaceChildren(...standIn);
    }
    const drawn = place as DrawnFigure;
    for (const each of after) each(drawn, figure);
    if (!hasWidth || !page.ResizeObserver) return;
    new page.ResizeObserver(() => {
      const width = fitting();
      if (drawn.layout.width !== width) page.Plotly!.relayout(drawn, { width });
    }).observe(place);
  };
  const insert = (attributes: Partial<HTMLScriptElement>) => {
    const script = Object.assign(
      document.createElement("script"),
      attributes,
    );
    document.head.append(script);
  };
  const load = async () => {
    // Pages from a disk, in a sandbox or by plain HTTP have no caches, or some
    // that throw, reject or are full; none of that may keep a figure away.
    const cache = await attempt(() => page.caches?.open("facenet-plotly"));
    const key = `/${integrity}`;
    const kept = await attempt(() => cache?.match(key));
    if (kept) insert({ textContent: await kept.text() });
    for (const url of urls) {
      if (page.Plotly) return;
      const signal = AbortSignal.timeout(30_000);
      const file = await attempt(() => fetch(url, { integrity, signal }));
      if (!file) continue;
      void attempt(() => cache?.put(key, file.clone()));
      insert({ textContent: await file.text() });
    }
    for (const src of urls) {
      if (page.Plotly) return;
      // Some pages may load scripts, but not read files.
      const crossOrigin = "anonymous";
      await new Promise<unknown>((resolve) =>
        insert({
          src,
          integrity,
          crossOrigin,
          onload: resolve,
          onerror: resolve,
        })
      );
    }
    if (!page.Plotly) throw new Error("plotly.js cannot be loaded");
  };
  if (page.Plotly) return void draw();
  page.facenetPlotly ??= load();
  page.facenetPlotly.then(draw, () => page.facenetPlotly = undefined);
}
