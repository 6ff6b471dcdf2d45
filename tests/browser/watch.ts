import type { Page } from "playwright-core";

interface WatchedWindow {
  facenetSeen?: Map<number, Set<string>>;
}

/** Begins to look, twice a second, at what the figures of each cell show. */
export function watchFigures(page: Page): Promise<void> {
  return page.evaluate(() => {
    const seen = new Map<number, Set<string>>();
    (globalThis as WatchedWindow).facenetSeen = seen;
    setInterval(() => {
      const cells = [...document.querySelectorAll(".jp-Cell")];
      for (const figure of document.querySelectorAll(".facenet-figure")) {
        const { data } = figure as Element & { data?: { x?: unknown }[] };
        if (!data) continue;
        const cell = cells.findIndex((cell) => cell.contains(figure));
        const short = JSON.stringify(data).slice(0, 4000);
        seen.set(cell, (seen.get(cell) ?? new Set()).add(short));
      }
    }, 500);
  });
}

/** How many different things each cell's figures have shown since then, by cell. */
export function statesSeen(page: Page): Promise<[number, number][]> {
  return page.evaluate(() =>
    [...(globalThis as WatchedWindow).facenetSeen ?? []]
      .map(([cell, states]) => [cell, states.size] as [number, number])
  );
}
