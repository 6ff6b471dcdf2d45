import { escapeHtml } from "./escape.ts";

/**
 * Something to play with that runs in its output alone: without plotly.js, a
 * kernel or a network.
 */
export interface Playable {
  /** What runs in the page: HTML with its script. */
  html: string;
  /** How it looks before it is touched: an SVG with width and height, for viewers that run no scripts. */
  picture: string;
  /** The same in words. */
  text: string;
}

/**
 * Whether a value is something to play with.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.ok(isPlayable({ html: "<p></p>", picture: "<svg></svg>", text: "[p]" }));
 * assert.ok(!isPlayable({ html: "<p></p>" }));
 * ```
 */
export function isPlayable(value: unknown): value is Playable {
  return typeof value === "object" && value !== null &&
    ["html", "picture", "text"].every((key) =>
      typeof (value as Record<string, unknown>)[key] === "string"
    );
}

/** The picture as an `<img>`, which is what the HTML shows before its script has run. */
export function standInPicture(
  { picture, text }: Pick<Playable, "picture" | "text">,
): string {
  return `<img style="max-width:100%" src="data:image/svg+xml,${
    encodeURIComponent(picture)
  }" alt="${escapeHtml(text)}">`;
}
