import type { Figure } from "../../plots/figures/figure.ts";
import { CommandError } from "../arguments/command.ts";
import { openUntil } from "./browser.ts";

// 1.5 pixels of the picture for each of the figure: sharp enough, and small.
const page = `<!doctype html>
<script src="plotly.js"></script>
<script type="module">
const answer = (name, body) => fetch(name, { method: "POST", body });
const rasterize = async (svg, { width, height }) => {
  const image = new Image(width, height);
  image.src = "data:image/svg+xml," + encodeURIComponent(svg);
  await image.decode();
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: 1.5 * width, height: 1.5 * height });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/png");
};
try {
  const pictures = [];
  for (const { figure, size } of await (await fetch("figures")).json()) {
    const options = { format: "png", scale: 1.5, ...size };
    pictures.push(
      typeof figure === "string"
        ? await rasterize(figure, size)
        : await Plotly.toImage(figure, options),
    );
  }
  await answer("pictures", JSON.stringify(pictures));
} catch (error) {
  await answer("failure", String(error));
}
</script>`;

/** A figure, or a drawing as SVG that says its width and height. */
export type Drawable = Figure | string;

/** The size of a figure or an SVG in pixels; 640 × 400 if it does not say. */
export function figureSize(
  drawable: Drawable,
): { width: number; height: number } {
  const size = typeof drawable === "string"
    ? sizeOfSvg(drawable)
    : drawable.layout;
  const { width, height } = size;
  return {
    width: typeof width === "number" ? width : 640,
    height: typeof height === "number" ? height : 400,
  };
}

function sizeOfSvg(svg: string): { width?: number; height?: number } {
  const [root = ""] = /<svg\b[^>]*>/.exec(svg) ?? [];
  return Object.fromEntries(
    root.matchAll(/\s(width|height)="([\d.]+)"/g)
      .map(([, name, value]) => [name, Number(value)]),
  );
}

/**
 * Draws figures as Plotly draws them for a reader, 3-D included, and drawings
 * that are SVG: in a browser without a window, which gets them from a server on
 * this machine.
 *
 * @param browser The program, as `findBrowser` gives it.
 * @returns A PNG for each figure, in base64.
 * @throws {CommandError} If Plotly refuses a figure, or the browser does not
 * answer within two minutes.
 */
export async function drawPictures(
  figures: readonly Drawable[],
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
      const [, code, name = ""] = new URL(request.url).pathname.split("/");
      const answer = code === secret && answers[name];
      return answer
        ? await answer(request, { figures, plotly, drawn })
        : new Response(null, { status: 404 });
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

/** What the page is given to draw, and where its pictures go. */
interface Drawing {
  figures: readonly Drawable[];
  plotly: string;
  drawn: PromiseWithResolvers<string[]>;
}

const typed = (content: string, type: string) =>
  new Response(content, {
    headers: { "content-type": `${type}; charset=utf-8` },
  });

/** What the page asks for, by the last part of its address. */
const answers: Record<
  string,
  (request: Request, drawing: Drawing) => Response | Promise<Response>
> = {
  "": () => typed(page, "text/html"),
  "plotly.js": (_, { plotly }) => typed(plotly, "text/javascript"),
  figures: (_, { figures }) =>
    Response.json(
      figures.map((figure) => ({ figure, size: figureSize(figure) })),
    ),
  pictures: async (request, { drawn }) => {
    drawn.resolve(await request.json());
    return new Response();
  },
  failure: async (request, { drawn }) => {
    const reason = `Cannot draw the pictures of the figures: ${await request
      .text()}`;
    drawn.reject(new CommandError(reason));
    return new Response();
  },
};
