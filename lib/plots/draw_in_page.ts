import type { Figure } from "./figure.ts";
import type { PlotlySource } from "./plotly_source.ts";

/** What the page's `window` holds once plotly.js is there, or on its way. */
interface Page {
  Plotly?: { newPlot(place: Element, figure: Figure): void };
  facenetPlotly?: Promise<void> | undefined;
  caches?: CacheStorage;
}

/**
 * Draws a figure into an element of a page. This runs in the page, not here:
 * its source is what a figure's `text/html` holds, so it uses nothing from
 * outside of it.
 *
 * plotly.js is loaded once for all figures of the page, and kept by the browser
 * for the day when the notebook is opened without its kernel. If it
 * cannot be loaded, what the element holds stays, and the next figure tries
 * again.
 */
export function drawInPage(
  id: string,
  figure: Figure,
  { urls, integrity }: PlotlySource,
): void {
  const page = globalThis as Page;
  const draw = () => {
    const place = document.getElementById(id);
    place?.replaceChildren();
    if (place) page.Plotly?.newPlot(place, figure);
  };
  const load = async () => {
    // Pages that did not come over HTTPS or from this machine have no caches.
    const kept = await page.caches?.open("facenet-plotly");
    const key = `/${integrity}`;
    let file = await kept?.match(key);
    for (const url of urls) {
      file ??= await fetch(url, { integrity }).catch(() => undefined);
    }
    if (!file) throw new Error("plotly.js cannot be loaded");
    await kept?.put(key, file.clone());
    const script = document.createElement("script");
    script.textContent = await file.text();
    document.head.append(script);
  };
  if (page.Plotly) return draw();
  page.facenetPlotly ??= load();
  page.facenetPlotly.then(draw, () => page.facenetPlotly = undefined);
}
