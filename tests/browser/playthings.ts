import type { Locator, Page } from "playwright-core";
import {
  figuresOf,
  isLive,
  showsImages,
  showsTooltip,
  sliderMoves,
  stateOf,
} from "./figures.ts";

/** Looks at all figures of a page and says what is wrong with which. */
export async function figureProblems(page: Page): Promise<string[]> {
  const problems: string[] = [];
  const figures = await figuresOf(page);
  if (figures.length === 0) return ["there is no figure"];
  await page.waitForFunction(
    () =>
      [...document.querySelectorAll(".facenet-figure")]
        .every((figure) => figure.querySelector(".main-svg")),
    null,
    {
      timeout: 20_000,
    },
  ).catch(() => {});
  for (const figure of figures) {
    const name = await nameOf(figure);
    const say = (problem: string) => problems.push(`${name}: ${problem}`);
    if (!await isLive(figure)) {
      say("plotly.js has not drawn it");
      continue;
    }
    // Such as one in a solution that is folded.
    if (!await figure.isVisible()) continue;
    if (await showsTooltip(figure) === false) say("shows no tooltip");
    const play = await figure.evaluate((place) => {
      const { layout, facenetFigure } = place as HTMLElement & {
        layout: { sliders?: unknown[] };
        facenetFigure?: { play?: { images?: string[] } };
        facenetImages?: unknown;
      };
      return {
        slider: layout.sliders !== undefined,
        images: "facenetImages" in place ||
          facenetFigure?.play?.images !== undefined,
      };
    });
    if (play.images && !await showsImages(figure)) say("shows no images");
    if (play.slider && !await sliderMoves(figure)) say("does not slide");
  }
  for (const around of await page.locator(".facenet-interact").all()) {
    problems.push(...await interactProblems(around));
  }
  return problems;
}

/** Where a figure is and what it is called. */
function nameOf(figure: Locator): Promise<string> {
  return figure.evaluate((place) => {
    const cells = [...document.querySelectorAll(".jp-Cell")];
    const cell = cells.findIndex((cell) => cell.contains(place));
    const { layout } = place as HTMLElement & {
      layout?: { title?: { text?: string } };
    };
    return `cell ${cell}, "${layout?.title?.text ?? ""}"`;
  });
}

/** Moves each slider of an `interact` and says which brings no other figure. */
export async function interactProblems(around: Locator): Promise<string[]> {
  const problems: string[] = [];
  const figure = around.locator(".facenet-figure");
  for (const input of await around.locator("input[type=range]").all()) {
    const before = await stateOf(figure);
    await input.scrollIntoViewIfNeeded();
    const box = (await input.boundingBox())!;
    const mouse = around.page().mouse;
    const y = box.y + box.height / 2;
    await mouse.move(box.x + 0.5 * box.width, y);
    await mouse.down();
    for (const share of [0.6, 0.7, 0.95, 0.9]) {
      await mouse.move(box.x + share * box.width, y);
    }
    await mouse.up();
    const moves = await waitUntil(
      async () => await stateOf(figure) !== before,
      10_000,
    );
    const name = `the slider ${await input.getAttribute("id")}`;
    if (!moves) problems.push(`${name} changes nothing`);
    const said = await around.locator(".facenet-message").textContent();
    if (said) problems.push(`${name} says: ${said}`);
  }
  return problems;
}

/** Asks again and again until something is so, or the time is over. */
export async function waitUntil(
  isSo: () => Promise<boolean>,
  milliseconds: number,
): Promise<boolean> {
  const end = Date.now() + milliseconds;
  while (Date.now() < end) {
    if (await isSo()) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}

/** Drags a point of each triplet to play with, and says where the loss stays as it was. */
export async function toyProblems(page: Page): Promise<string[]> {
  const problems: string[] = [];
  for (const toy of await page.locator(".facenet-play").all()) {
    await toy.scrollIntoViewIfNeeded();
    const loss = () => toy.getAttribute("data-loss");
    const before = await loss();
    const point = toy.locator("[data-point]").last();
    const box = await point.boundingBox();
    if (!box) {
      problems.push("a triplet to play with has no points");
      continue;
    }
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 20, y + 30);
    await page.mouse.move(x + 60, y + 60);
    await page.mouse.up();
    const dragged = await loss();
    if (dragged === before) problems.push("a drag does not change the loss");
    const margin = toy.locator("input[type=range]");
    await margin.fill("1");
    if (await loss() === dragged) {
      problems.push("the margin does not change the loss");
    }
  }
  return problems;
}
