import { gunzipSync } from "node:zlib";
import { partsMarkup } from "../../../../lib/commands/page/format/parts.ts";
import { assertEquals } from "../../../assert.ts";

Deno.test("partsMarkup() cuts bytes into elements that hold all of them", () => {
  // Noise, which gzip cannot make smaller.
  let state = 1;
  const bytes = Uint8Array.from({ length: 1_600_000 }, () => {
    state = Math.imul(state, 1664525) + 1013904223;
    return state >>> 24;
  });
  const html = partsMarkup("data", bytes);
  const pieces = [...html.matchAll(
    /<script type="text\/plain" data-part="data" data-count="3">([^<]*)<\/script>\n/g,
  )];
  assertEquals(pieces.map(([whole]) => whole).join(""), html);
  const text = pieces.map(([, piece]) => piece).join("");
  assertEquals(pieces.map(([, piece]) => piece!.length % 4), [0, 0, 0]);
  const back = gunzipSync(Uint8Array.fromBase64(text));
  assertEquals(new Uint8Array(back), bytes);
  assertEquals(partsMarkup("data", bytes), html);
});
