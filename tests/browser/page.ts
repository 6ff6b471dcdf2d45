import { Buffer } from "node:buffer";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { capture } from "../../lib/commands/system/process.ts";
import { projectFolder } from "../../lib/commands/system/project.ts";
import { encodePng } from "../../lib/plots/encode/png.ts";
import { drawByMouse, type Points, three, touch } from "./drawings.ts";
import { scratch } from "./lab.ts";
import { waitUntil } from "./playthings.ts";

/** How long a busy machine may take, in milliseconds. */
export const patience = 120_000;

/** Makes the page of the kept network and gives its path. */
export async function makePage(): Promise<string> {
  const path = `${scratch}/page.html`;
  const ended = await capture(
    Deno.execPath(),
    ["run", "-q", "-P=page", "lib/commands/page.ts", "--out", path],
    { cwd: projectFolder },
  );
  if (ended?.code !== 0) throw new Error(`page: ${ended?.stderr}`);
  return path;
}

/** Opens a page where nothing but itself can be loaded, and waits for the network. */
export async function openPage(
  browser: Browser,
  address: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; problems: string[]; close(): Promise<void> }> {
  const context = await browser.newContext({
    viewport: { width: 1200, height: 1000 },
    ...options,
  });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("pageerror", ({ message }) => problems.push(`error: ${message}`));
  page.on("console", (message) => {
    const type = message.type();
    if (/error|warning/.test(type)) problems.push(`${type}: ${message.text()}`);
  });
  page.on("request", (request) => {
    const url = request.url();
    if (url !== address && !/^(blob|data):/.test(url)) {
      problems.push(`asked for ${url}`);
    }
  });
  await page.goto(address);
  await page.locator("[data-opened], .wrong").first()
    .waitFor({ timeout: patience });
  return { page, problems, close: () => context.close() };
}

/** The sentence of the answer. */
export const said = (page: Page) =>
  page.locator("[data-part=said]").textContent();

/**
 * Uses the page as a reader does, from the disk: by mouse, touch, keys and as a file, in windows
 * wide and narrow, light and dark; keeps screenshots. Says what is wrong.
 */
export async function pageProblems(
  browser: Browser,
  path: string,
): Promise<string[]> {
  const own = await openPage(browser, pathToFileURL(path).href);
  const { page, problems } = own;
  const expectSaid = async (pattern: RegExp, what: string) => {
    const isSaid = await waitUntil(
      async () => pattern.test(await said(page) ?? ""),
      patience,
    );
    if (!isSaid) problems.push(`${what}: got "${await said(page)}"`);
  };
  const canvas = page.locator(".draw canvas");
  const press = (name: string) => page.getByRole("button", { name }).click();
  const draw = async (...strokes: Points[]) => {
    await press("Clear");
    for (const stroke of strokes) await drawByMouse(canvas, stroke);
  };

  await expectSaid(/^3, at squared distance/, "the example is read");
  // Without Clear: the first stroke takes the example away.
  await drawByMouse(canvas, [[0.25, 0.2], [0.75, 0.2], [0.45, 0.85]]);
  await expectSaid(/^7, at/, "a 7 is read");
  await draw(three);
  await expectSaid(/^3, at/, "a 3 is read");
  problems.push(...await shownProblems(page));
  await page.screenshot({ path: `${scratch}/page-three.png`, fullPage: true });
  await draw([[0.5, 0.5], [0.505, 0.5]]);
  await expectSaid(/^This is a dot\. Draw a digit\.$/, "a dot is refused");
  await press("Clear");
  await expectSaid(/^$/, "an empty sheet has no answer");
  const digit = await page.locator("[data-part=digit]").textContent();
  if (digit !== "") problems.push(`an empty sheet is "${digit}"`);
  // The letter M.
  await draw([[0.1, 0.9], [0.2, 0.1], [0.5, 0.6], [0.8, 0.1], [0.9, 0.9]]);
  await expectSaid(/^None of them/, "an M is no digit");
  await page.screenshot({ path: `${scratch}/page-none.png`, fullPage: true });

  await press("Clear");
  await canvas.focus();
  const moves = [
    ...Array(8).fill("ArrowUp"),
    " ",
    ...Array(18).fill("ArrowDown"),
  ];
  for (const key of [...moves, " "]) await page.keyboard.press(key);
  await expectSaid(/^1, at/, "a 1 drawn by keys is read");
  await press("Clear");
  await touch(canvas, [[0.5, 0.15], [0.5, 0.5], [0.5, 0.85]]);
  await expectSaid(/^1, at/, "a 1 drawn by a finger is read");
  const file = page.locator("input[type=file]");
  const give = (name: string, mimeType: string, buffer: Uint8Array) =>
    file.setInputFiles({ name, mimeType, buffer: Buffer.from(buffer) });
  await give("one.png", "image/png", pictureOfOne());
  await expectSaid(/^1, at/, "a picture of a 1 is read");
  await give("note.txt", "text/plain", new TextEncoder().encode("3"));
  await expectSaid(/expected a picture such as PNG/, "a text is refused");
  await press("Clear");
  await page.evaluate((pixels) => {
    const png = Uint8Array.from(pixels);
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([png], "1.png", { type: "image/png" }));
    document.body.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData, bubbles: true }),
    );
  }, [...pictureOfOne()]);
  await expectSaid(/^1, at/, "a picture pasted beside the sheet is read");
  const times = await page.locator("main").evaluate((root) =>
    (root as HTMLElement).dataset
  );
  console.log(
    `page: opened in ${times.opened} ms, the last answer in ${times.milliseconds} ms, the slowest in ${times.slowest} ms`,
  );
  await own.close();
  return problems;
}

/** What the answer to a 3 shows wrongly. */
function shownProblems(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const problems: string[] = [];
    const all = (
      selector: string,
    ) => [...document.querySelectorAll<HTMLElement>(selector)];
    const nearest = all(".nearest").map(({ dataset }) => dataset.digit);
    if (nearest.join() !== "3") problems.push(`nearest bar: ${nearest}`);
    const near = all("[data-part=neighbors] b").map((b) => b.textContent);
    if (near.join("") !== "33333333") problems.push(`neighbors: ${near}`);
    for (const canvas of all(".answer canvas") as HTMLCanvasElement[]) {
      const { data } = canvas.getContext("2d")!.getImageData(0, 0, 28, 28);
      if (!data.some((value, i) => i % 4 === 0 && value > 200)) {
        problems.push("an image is empty");
      }
    }
    const ring = document.querySelector(".ring")!.getBoundingClientRect();
    const map = document.querySelector("[data-part=map]")!
      .getBoundingClientRect();
    if (!(ring.left > map.left && ring.right < map.right)) {
      problems.push("the ring is not on the map");
    }
    return problems;
  });
}

/** Windows of all kinds: says where something sticks out, and keeps screenshots. */
export async function windowProblems(
  browser: Browser,
  path: string,
): Promise<string[]> {
  const all: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    for (const width of [1200, 700, 340]) {
      const options = { colorScheme, viewport: { width, height: 800 } };
      const address = pathToFileURL(path).href;
      const { page, problems, close } = await openPage(
        browser,
        address,
        options,
      );
      await page.screenshot({
        path: `${scratch}/page-${colorScheme}-${width}.png`,
        fullPage: true,
      });
      const wide = await page.evaluate(() =>
        document.documentElement.scrollWidth
      );
      if (wide > width) problems.push(`${wide} pixels wide`);
      all.push(...problems.map((one) => `${colorScheme}, ${width}: ${one}`));
      await close();
    }
  }
  return all;
}

/** A dark line on gray paper. */
function pictureOfOne(): Uint8Array {
  const [height, width] = [200, 150];
  const pixels = Uint8Array.from({ length: height * width }, (_, i) => {
    const [y, x] = [Math.floor(i / width), i % width];
    return Math.abs(x - 75) < 5 && y > 40 && y < 160 ? 60 : 215 - x / 10;
  });
  return encodePng({ pixels, height, width, channels: 1 });
}
