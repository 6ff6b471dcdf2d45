import type { Figure } from "../../plots/figures/figure.ts";
import { CommandError } from "../arguments/command.ts";
import { openUntil } from "./browser.ts";

// 1.5 pixels of the picture for each of the figure: sharp enough, and small.
const page = `<!doctype html>
<script src="plotly.js"></script>
<script type="module">
const answer = (name, body) => fetch(name, { method: "POST", body });
try {
  const pictures = [];
  for (const { figure, size } of await (await fetch("figures")).json()) {
    const options = { format: "png", scale: 1.5, ...size };
    pictures.push(await Plotly.toImage(figure, options));
  }
  await answer("pictures", JSON.stringify(pictures));
} catch (error) {
  await answer("failure", String(error));
}
</script>`;

/** A figure's size in pixels; 640 × 400 if it does not say. */
export function sizeOf({ layout }: Figure): { width: number; height: number } {
  const { width, height } = layout;
  return {
    width: typeof width === "number" ? width : 640,
    height: typeof height === "number" ? height : 400,
  };
}

/**
 * Draws figures as Plotly draws them for a reader, 3-D included: in a browser
 * without a window, which gets them from a server on this machine.
 *
 * @param browser The program, as `findBrowser` gives it.
 * @returns A PNG for each figure, in base64.
 * @throws {CommandError} If Plotly refuses a figure, or the browser does not
 * answer within two minutes.
 */
export async function drawPictures(
  figures: readonly Figure[],
  browser: string,
): Promise<string[]> {
  if (figures.length === 0) return [];
  const { default: plotly } = await import("plotly.js-dist-min", {
    with: { type: "text" },
  });
  const drawn = Promise.withResolvers<string[]>();
  const secret = crypto.randomUUID(); // keeps this machine's other users out
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      const { pathname } = new URL(request.url);
      switch (pathname) {
        case `/${secret}/`:
          return new Response(page, {
            headers: { "content-type": "text/html; charset=utf-8" },
          });
        case `/${secret}/plotly.js`:
          return new Response(plotly, {
            headers: { "content-type": "text/javascript; charset=utf-8" },
          });
        case `/${secret}/figures`:
          return Response.json(
            figures.map((figure) => ({ figure, size: sizeOf(figure) })),
          );
        case `/${secret}/pictures`:
          drawn.resolve(await request.json());
          return new Response();
        case `/${secret}/failure`:
          drawn.reject(
            new CommandError(
              `Cannot draw the pictures of the figures: ${await request
                .text()}`,
            ),
          );
          return new Response();
        default:
          return new Response(null, { status: 404 });
      }
    },
  );
  try {
    const urls = await openUntil(
      browser,
      `http://127.0.0.1:${server.addr.port}/${secret}/`,
      drawn.promise,
    );
    return urls.map((url) => url.slice(url.indexOf(",") + 1));
  } finally {
    await server.shutdown();
  }
}
