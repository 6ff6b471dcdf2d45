import { openUntil } from "../../../lib/commands/jupyter/browser.ts";
import type { PlotlySource } from "../../../lib/plots/pages/plotly_source.ts";
import { readPlotly } from "../../../lib/plots/pages/plotly_source.ts";

/** What is seen of the figures of a page. */
export interface Seen {
  /** How many figures plotly.js has drawn. */
  drawn: number;
  /** How many show a picture. */
  pictures: number;
}

/** A server on this machine that stands for the CDN, and hears from pages. */
export interface Listener {
  /** Where the pages find plotly.js. */
  source: PlotlySource;
  /**
   * A script for a page of some figures: reports what is seen of them under a
   * name, once all are drawn or after so many seconds; a minute by default.
   */
  reporter(name: string, figures: number, seconds?: number): string;
  /** Opens a page in a browser until as many names have been reported. */
  open(browser: string, url: string, pages: number): Promise<Map<string, Seen>>;
}

/** Runs a test with a server, which ends with it. */
export async function withListener(
  test: (listener: Listener) => Promise<void>,
): Promise<void> {
  const plotly = await readPlotly();
  const reports = new Map<string, Seen>();
  let reported = () => {};
  const headers = { "access-control-allow-origin": "*" };
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    (request) => {
      const { pathname, search } = new URL(request.url);
      if (pathname === "/plotly.js") return new Response(plotly, { headers });
      if (search) {
        const seen = JSON.parse(decodeURIComponent(search.slice(1)));
        reports.set(pathname.slice(1), seen);
        reported();
      }
      return new Response(null, { headers });
    },
  );
  const address = `http://127.0.0.1:${server.addr.port}`;
  const hash = await crypto.subtle.digest("SHA-384", plotly);
  try {
    await test({
      source: {
        urls: [`${address}/plotly.js`],
        integrity: `sha384-${new Uint8Array(hash).toBase64()}`,
      },
      reporter: (name, figures, seconds = 60) =>
        `<script>(${report})("${address}/${name}", ${figures}, ${seconds})</script>`,
      open: async (browser, url, pages) => {
        const all = Promise.withResolvers<void>();
        reported = () => reports.size === pages && all.resolve();
        await openUntil(browser, url, all.promise);
        return new Map(reports);
      },
    });
  } finally {
    await server.shutdown();
  }
}

/** Runs in the page. */
function report(address: string, figures: number, seconds: number): void {
  const end = Date.now() + 1000 * seconds;
  const look = () => {
    const seen = {
      drawn: [...document.querySelectorAll(".facenet-figure")]
        .filter((figure) => figure.querySelector(".main-svg")).length,
      pictures: [...document.querySelectorAll<HTMLImageElement>("img")]
        .filter(({ naturalWidth }) => naturalWidth > 100).length,
    };
    if (seen.drawn < figures && Date.now() < end) return setTimeout(look, 100);
    // Where a page may not fetch, it may still show an image.
    new Image().src = `${address}?${encodeURIComponent(JSON.stringify(seen))}`;
  };
  look();
}
