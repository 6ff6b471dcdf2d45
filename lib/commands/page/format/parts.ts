import { gzipSync } from "node:zlib";

/** Of how many characters an element of the page is at most; a multiple of 4. */
const mostCharacters = 1_000_000;

/**
 * Bytes as elements of a page: compressed by gzip, which also finds out damage, in
 * base64. `inflateParts` reads them.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const html = partsMarkup("data", new Uint8Array(10));
 * assert.match(html, /^<script type="text\/plain" data-part="data" data-count="1">H4s/);
 * ```
 */
export function partsMarkup(part: string, bytes: Uint8Array): string {
  const text = new Uint8Array(gzipSync(bytes, { level: 9 })).toBase64();
  const count = Math.ceil(text.length / mostCharacters);
  return Array.from({ length: count }, (_, i) => {
    const piece = text.slice(i * mostCharacters, (i + 1) * mostCharacters);
    return `<script type="text/plain" data-part="${part}" data-count="${count}">${piece}</script>\n`;
  }).join("");
}
