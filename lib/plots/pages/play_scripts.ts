import type { Figure } from "../figures/figure.ts";
import { imagesInPage } from "./images_in_page.ts";
import { stepInPage } from "./step_in_page.ts";

/**
 * The functions that a page calls once it has drawn a figure, as the source of an
 * array: those that the figure's `play` asks for.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(playScripts({ data: [], layout: {} }), "[]");
 * ```
 */
export function playScripts({ play, layout }: Figure): string {
  const scripts = [
    ...(layout.sliders && play ? [stepInPage] : []),
    ...(play?.images ? [imagesInPage] : []),
  ];
  return `[${scripts.join(", ")}]`;
}
