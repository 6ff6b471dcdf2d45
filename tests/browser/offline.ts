import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { environmentAt } from "../../lib/commands/python/environment.ts";
import { runSealed } from "../../lib/commands/python/sealed.ts";
import {
  formatNotebook,
  type NotebookFile,
} from "../../lib/commands/jupyter/notebook.ts";
import { environmentFolder } from "../../lib/commands/system/project.ts";
import {
  FIRST_FIGURE_TYPE,
  PLOTLY_TYPE,
  SVG_TYPE,
} from "../../lib/plots/notebook/figure_bundle.ts";
import { scratch } from "./lab.ts";

const types = [PLOTLY_TYPE, FIRST_FIGURE_TYPE, SVG_TYPE, "image/png"];

/** How many outputs of a notebook are figures or other drawings. */
export function figureCount({ cells }: NotebookFile): number {
  return cells.flatMap(({ outputs = [] }) => outputs).filter((output) =>
    "data" in output &&
    types.some((type) => type in output.data)
  ).length;
}

/** The page that nbconvert makes of a notebook. */
async function convert(name: string, notebook: NotebookFile): Promise<string> {
  const path = `${scratch}/${name}.ipynb`;
  await Deno.writeTextFile(path, formatNotebook(notebook));
  const { python } = environmentAt(environmentFolder);
  const args = ["-m", "nbconvert", "--log-level=ERROR", "--to=html", path];
  const ended = await runSealed(python, args);
  if (ended?.code !== 0) throw new Error(`nbconvert: ${ended?.stderr}`);
  return pathToFileURL(`${scratch}/${name}.html`).href;
}

/**
 * Opens the page that nbconvert makes of a notebook, from the disk and without a
 * network, and counts the pictures that are seen.
 *
 * @param scripts Whether the page may run its scripts.
 */
export async function picturesOffline(
  browser: Browser,
  name: string,
  notebook: NotebookFile,
  scripts: boolean,
): Promise<number> {
  const context = await browser.newContext({
    javaScriptEnabled: scripts,
    viewport: { width: 1000, height: 1000 },
  });
  await context.route(/^(?!file:)/, (route) => route.abort());
  const page = await context.newPage();
  await page.goto(await convert(name, notebook), {
    waitUntil: "domcontentloaded",
  });
  // Time for scripts to look for plotly.js in vain.
  await page.waitForTimeout(scripts ? 3000 : 500);
  let seen = 0;
  const pictures = page.locator(
    ".jp-OutputArea img, .jp-OutputArea .main-svg:first-of-type, .jp-OutputArea .facenet-play svg, .jp-OutputArea .facenet-pad svg, .jp-RenderedSVG svg",
  );
  for (const picture of await pictures.all()) {
    const box = await picture.boundingBox();
    if (box && box.width > 100 && box.height > 20) seen++;
  }
  await page.screenshot({ path: `${scratch}/${name}.png`, fullPage: false });
  await context.close();
  return seen;
}
