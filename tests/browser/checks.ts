/**
 * Uses the notebooks as a reader does: in JupyterLab, as `deno task lab` starts it,
 * with a real browser. `deno task browser` runs it; no other command does, since it
 * takes some minutes. Names of notebooks after it choose some of them.
 *
 * @module
 */
import { type Browser, type BrowserContext, chromium } from "playwright-core";
import { findBrowser } from "../../lib/commands/jupyter/browser.ts";
import {
  codeCells,
  formatNotebook,
  parseNotebook,
  wholeText,
} from "../../lib/commands/jupyter/notebook.ts";
import { selectNotebooks } from "../../lib/commands/jupyter/select.ts";
import { capture } from "../../lib/commands/system/process.ts";
import { notebookFolder } from "../../lib/commands/system/project.ts";
import { assert, assertEquals } from "../assert.ts";
import { padProblems } from "./drawing.ts";
import { type Lab, scratch, startLab } from "./lab.ts";
import { type OpenNotebook, openNotebook } from "./notebook.ts";
import { figureCount, picturesOffline } from "./offline.ts";
import { cellOf, ownNotebook } from "./own_notebook.ts";
import { figureProblems, toyProblems, waitUntil } from "./playthings.ts";
import { makePage, pageProblems, windowProblems } from "./page.ts";
import { openingProblems } from "./page_opening.ts";
import { keepScreenshots } from "./screenshots.ts";
import { statesSeen, watchFigures } from "./watch.ts";

/** Those that move; the others are run by `deno task notebooks`. */
const moving = ["01", "03", "04", "05", "06", "10"];
const all = await selectNotebooks(notebookFolder, []);
const chosen = all.filter((name) =>
  (Deno.args.length > 0 ? Deno.args : moving).some((start) =>
    name.startsWith(start)
  )
);

let lab: Lab;
let browser: Browser;
let context: BrowserContext;

Deno.test.beforeAll(async () => {
  await Deno.mkdir(scratch, { recursive: true });
  const found = await findBrowser(undefined, "use the notebooks");
  const path = (await capture("which", [found]))?.stdout.trim();
  browser = await chromium.launch({
    executablePath: path || found,
    // Root has no sandbox to offer; 3-D needs no graphics card.
    args: ["--no-sandbox", "--enable-unsafe-swiftshader"],
  });
  context = await browser.newContext({
    viewport: { width: 1400, height: 1000 },
  });
  // Other programs may have the processors.
  context.setDefaultTimeout(120_000);
  lab = await startLab();
});

Deno.test.afterAll(async () => {
  await browser?.close();
  await lab?.stop();
});

browserTest("each thing that moves does so in JupyterLab", async () => {
  const path = `${scratch}/own.ipynb`;
  await Deno.writeTextFile(path, formatNotebook(ownNotebook));
  const own = await openNotebook(context, lab, ".cache/browser/own.ipynb");
  const { page, run } = own;
  for (const name of ["images", "slideshow", "interact"] as const) {
    assert(await run(cellOf[name]), name);
  }
  assertEquals(await figureProblems(page), []);
  await keepScreenshots(own, "own");

  const message = page.locator(".facenet-message");
  const slider = page.locator(".facenet-interact input");
  await slider.fill("10");
  assert(
    await waitUntil(
      async () =>
        await message.textContent() ===
          "Cannot draw: expected k below 10, got 10",
      5000,
    ),
    "an error is said below the figure",
  );
  const computing = run(cellOf.computes);
  await page.waitForTimeout(1000);
  await slider.fill("5");
  assert(
    await waitUntil(
      async () => /is busy/.test(await message.textContent() ?? ""),
      5000,
    ),
    "the page says that the kernel is busy",
  );
  await computing;
  assert(
    await waitUntil(async () => await message.textContent() === "", 5000),
    "the figure follows",
  );

  await watchFigures(page);
  assert(await run(cellOf.grows));
  const grown = new Map(await statesSeen(page)).get(cellOf.grows) ?? 0;
  assert(grown >= 3, `a live chart grows: ${grown} states`);

  await pressStop(own, cellOf.stops);
  assert(await run(cellOf.goesOn));
  const text = JSON.stringify(await own.content());
  assert(text.includes("after a stop"));
  await own.close();
});

// Like a notebook, it can be chosen by its name.
if (Deno.args.length === 0 || Deno.args.includes("page")) {
  browserTest(
    "the page reads digits from the disk and from servers",
    async () => {
      const path = await makePage();
      const problems = [
        ...await pageProblems(browser, path),
        ...await windowProblems(browser, path),
        ...await openingProblems(browser, path),
      ];
      assertEquals(problems, []);
    },
  );
}

for (const name of chosen) {
  browserTest(`${name} is live in JupyterLab`, async () => {
    const own = await openNotebook(context, lab, `notebooks/${name}.ipynb`);
    const { page } = own;
    await watchFigures(page);
    const begun = performance.now();
    const isWell = await own.runAll();
    const seconds = Math.round((performance.now() - begun) / 1000);
    console.log(`${name}: all cells in ${seconds} s`);
    assertEquals([isWell, await redOutputs(own)], [true, []]);
    const grown = (await statesSeen(page)).filter(([, states]) => states >= 3);

    const problems = [
      ...await figureProblems(page),
      ...await toyProblems(page),
      ...(name.startsWith("10")
        ? await padProblems(page.locator(".facenet-pad"))
        : []),
      ...(name.startsWith("05") && grown.length === 0
        ? ["no figure grows while the kernel trains"]
        : []),
    ];
    await keepScreenshots(own, name);
    assertEquals(problems, []);

    const run = await own.content();
    const cells = codeCells(run);
    // Not one that only defines a function, which shows no button when it runs.
    const stops = run.cells.findIndex(({ source }) =>
      /^const .* = await stopButton\(/m.test(wholeText(source))
    );
    if (stops >= 0) {
      await pressStop(own, stops);
      assertEquals(await redOutputs(own), []);
    }
    if (name.startsWith("03")) {
      await own.restart();
      assert(await own.runAll(), "runs again with a new kernel");
      assertEquals(await figureProblems(page), []);
    }
    await own.close();
    assert(cells.length > 0);
    const seen = await picturesOffline(browser, `${name}-run`, run, true);
    assert(
      seen >= figureCount(run),
      `pictures of what was run, offline: expected ${
        figureCount(run)
      }, got ${seen}`,
    );
  });
}

for (const name of all) {
  browserTest(
    `${name} has a picture for each figure where scripts are blocked`,
    async () => {
      const path = `${notebookFolder}/${name}.ipynb`;
      const committed = parseNotebook(await Deno.readTextFile(path), name);
      const seen = await picturesOffline(browser, name, committed, false);
      assertEquals(seen, figureCount(committed));
    },
  );
}

/** Runs a cell, stops it by its button and waits until it has ended. */
async function pressStop(own: OpenNotebook, cell: number): Promise<void> {
  const running = own.run(cell);
  const button = own.page.frameLocator("iframe[title=Stop]").last()
    .locator("button");
  await button.click({ timeout: 60_000 });
  assert(await running, "the cell ends well");
  const text = JSON.stringify((await own.content()).cells[cell]);
  assert(text.includes("stopped by the button"), "the output says so");
}

/** What an eye would find red: errors, and what was printed as one. */
async function redOutputs(own: OpenNotebook): Promise<string[]> {
  const { cells } = await own.content();
  return cells.flatMap(({ metadata, outputs = [] }, i) =>
    outputs.flatMap((output) => {
      if (metadata.tags?.includes("raises-exception")) return [];
      if (output.output_type === "error") {
        return [`cell ${i}: ${output.evalue}`];
      }
      return output.output_type === "stream" && output.name === "stderr"
        ? [`cell ${i}: ${output.text}`]
        : [];
    })
  );
}

function browserTest(name: string, fn: () => Promise<void>): void {
  Deno.test({ name, fn, sanitizeOps: false, sanitizeResources: false });
}
