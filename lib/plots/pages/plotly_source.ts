import { servePage } from "./page_server.ts";

/** Where a page finds plotly.js, and how it knows that it is the right one. */
export interface PlotlySource {
  /** Addresses of the same file, the first to be tried first. */
  urls: string[];
  /** The file's hash, as the attribute `integrity` of a script has it. */
  integrity: string;
}

const CDN =
  "https://cdn.jsdelivr.net/npm/plotly.js-dist-min@4.1.2/plotly.min.js";

let served: Promise<PlotlySource> | undefined;

/**
 * Serves plotly.js from this process, once for all figures.
 *
 * The file of 4.8 MB would have to be saved in every notebook otherwise.
 * The server listens on this machine alone, at an address that nobody can
 * guess, and ends with the process. A page on another machine, or one that is
 * opened after the kernel has gone, finds the same file at the CDN.
 */
export function servePlotly(): Promise<PlotlySource> {
  return served ??= start();
}

/** The file itself, of which nobody may change a byte. */
export async function readPlotly(): Promise<Uint8Array<ArrayBuffer>> {
  const { default: file } = await import(
    "plotly.js-dist-min/plotly.min.js",
    { with: { type: "bytes" } }
  );
  return file;
}

async function start(): Promise<PlotlySource> {
  const file = await readPlotly();
  const hash = await crypto.subtle.digest("SHA-384", file);
  const headers = {
    "content-type": "text/javascript",
    // The page comes from another server, Jupyter's.
    "access-control-allow-origin": "*",
  };
  const { address } = servePage(() => new Response(file, { headers }), {
    name: "plotly.min.js",
  });
  return {
    urls: [address, CDN],
    integrity: `sha384-${new Uint8Array(hash).toBase64()}`,
  };
}
