import { pathToFileURL } from "node:url";
import { findBrowser } from "../../../lib/commands/jupyter/browser.ts";
import { environmentAt } from "../../../lib/commands/python/environment.ts";
import { runSealed } from "../../../lib/commands/python/sealed.ts";
import { formatNotebook } from "../../../lib/commands/jupyter/notebook.ts";
import {
  environmentFolder,
  temporaryFolder,
} from "../../../lib/commands/system/project.ts";
import { figureBundle } from "../../../lib/plots/notebook/figure_bundle.ts";
import type { Figure } from "../../../lib/plots/figures/figure.ts";
import {
  barChart,
  confusionFigure,
  imageGrid,
  lineChart,
  scatter3d,
  slideshow,
} from "../../../lib/mod.ts";
import type { PlotlySource } from "../../../lib/plots/pages/plotly_source.ts";
import { assertEquals } from "../../assert.ts";
import { stripes } from "../../evaluation/embeddings/digits.ts";
import { permittedTest } from "../../permitted.ts";
import { displayed, makeNotebook } from "./make_notebook.ts";
import { type Listener, withListener } from "./opened_pages.ts";

const needed: Deno.PermissionName[] = ["read", "write", "run", "net", "env"];

/** Figures of every kind that the notebooks show. */
const figures: Figure[] = [
  lineChart([{ name: "loss", y: [3, 1, 2] }], { title: "Loss" }),
  barChart({ zero: 5, one: 7 }),
  imageGrid(stripes([1, 2], 8, 8)),
  confusionFigure([[9, 1], [0, 10]]),
  slideshow([barChart({ a: 1 }), barChart({ a: 2 })], { names: ["1", "2"] }),
];

/** With one in 3-D, of which a browser draws only some at once. */
const all: Figure[] = [
  ...figures,
  scatter3d({ values: Float32Array.of(0, 0, 1, 1, 0, 0), count: 2, size: 3 }, [
    7,
    3,
  ]),
];

/** The same figures from a server where nobody listens. */
const gone = (source: PlotlySource): PlotlySource => ({
  ...source,
  urls: ["http://127.0.0.1:9/plotly.js"],
});

/** Runs a test where there is a browser, with a folder for pages. */
async function withBrowser(
  test: (browser: string, folder: string, listener: Listener) => Promise<void>,
): Promise<void> {
  const browser = await findBrowser().catch(() => {});
  if (!browser) return console.warn("not tested: there is no Chromium");
  const folder = await temporaryFolder();
  try {
    await withListener((listener) => test(browser, folder, listener));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** A page with the figures, and perhaps something before them. */
function page(
  { reporter }: Listener,
  name: string,
  source: PlotlySource,
  before = "",
  given = figures,
  seconds = 60,
): string {
  const shown = given.map((figure) =>
    figureBundle(figure, source)["text/html"]
  );
  return `<!doctype html><meta charset="utf-8">${before}${shown.join("\n")}${
    reporter(name, given.length, seconds)
  }`;
}

const caches = (value: string) =>
  `<script>Object.defineProperty(window, "caches", { get() { ${value} } });</script>`;
const no = 'Promise.reject(new DOMException("no"))';

/** Pages within a page, each with what makes its caches useless. */
const inner: [name: string, attributes: string, before: string][] = [
  ["sandboxed", 'sandbox="allow-scripts"', ""],
  ["missing", "", caches("return undefined;")],
  ["throwing", "", caches("throw new DOMException('no');")],
  ["closed", "", caches(`return { open: () => ${no} };`)],
  [
    "full",
    "",
    caches(
      `return { open: async () => ({ match: async () => {}, put: () => ${no} }) };`,
    ),
  ],
  [
    "unreadable",
    'sandbox="allow-scripts"',
    // Scripts may be loaded, files may not be read.
    `<meta http-equiv="Content-Security-Policy" content="connect-src 'none'">`,
  ],
];

permittedTest(
  "figureBundle() is drawn in pages from a disk, in sandboxes and without caches",
  needed,
  () =>
    withBrowser(async (browser, folder, listener) => {
      const { source } = listener;
      const quoted = (html: string) =>
        html.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
      const frames = inner.map(([name, attributes, before]) =>
        `<iframe ${attributes} srcdoc="${
          quoted(page(listener, name, source, before))
        }"></iframe>`
      );
      const opaque = encodeURIComponent(page(listener, "data", source));
      const blob = JSON.stringify(page(listener, "blob", source))
        .replaceAll("<", "\\u003c");
      const html = `${page(listener, "disk", source)}
${frames.join("\n")}
<iframe src="data:text/html,${opaque}"></iframe>
<iframe id="blob"></iframe>
<script>document.getElementById("blob").src =
  URL.createObjectURL(new Blob([${blob}], { type: "text/html" }));</script>`;
      const path = `${folder}/page.html`;
      await Deno.writeTextFile(path, html);
      const seen = await listener.open(
        browser,
        pathToFileURL(path).href,
        frames.length + 3,
      );
      for (const [name, { drawn }] of seen) {
        assertEquals([name, drawn], [name, figures.length]);
      }
    }),
);

permittedTest(
  "figureBundle() shows pictures where plotly.js cannot be loaded",
  needed,
  () =>
    withBrowser(async (browser, folder, listener) => {
      const path = `${folder}/page.html`;
      const html = page(listener, "disk", gone(listener.source), "", all, 8);
      await Deno.writeTextFile(path, html);
      const seen = await listener.open(browser, pathToFileURL(path).href, 1);
      assertEquals(seen.get("disk"), { drawn: 0, pictures: all.length });
    }),
);

for (
  const [what, sourceOf, expected, seconds] of [
    ["draws its figures", (source: PlotlySource) => source, "drawn", 60],
    ["shows pictures without a network", gone, "pictures", 8],
  ] as const
) {
  permittedTest(
    `nbconvert's page of a notebook that has run ${what}, from a disk`,
    needed,
    () =>
      withBrowser(async (browser, folder, listener) => {
        const { python } = environmentAt(environmentFolder);
        const outputs = all.map((figure) =>
          displayed(figureBundle(figure, sourceOf(listener.source)))
        );
        const notebook = makeNotebook({
          code: "await show(figures);",
          outputs,
        });
        const path = `${folder}/run.ipynb`;
        await Deno.writeTextFile(path, formatNotebook(notebook));
        const args = [
          "-m",
          "nbconvert",
          "--log-level=ERROR",
          "--to=html",
          path,
        ];
        const ended = await runSealed(python, args);
        if (!ended) {
          return console.warn("not tested: there is no JupyterLab");
        }
        assertEquals(ended.code, 0, ended.stderr);
        const page = `${folder}/run.html`;
        await Deno.writeTextFile(
          page,
          await Deno.readTextFile(page) +
            listener.reporter("run", all.length, seconds),
        );
        const seen = await listener.open(browser, pathToFileURL(page).href, 1);
        assertEquals(seen.get("run")?.[expected], all.length);
      }),
  );
}
