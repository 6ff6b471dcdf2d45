import { removeSpecks } from "../../../lib/digits/strokes/remove_specks.ts";
import { assertEquals } from "../../assert.ts";

const picture = (...rows: string[]) => ({
  pixels: Uint8Array.from(rows.join(""), (sign) => sign === "#" ? 200 : 0),
  height: rows.length,
  width: rows[0]!.length,
});

Deno.test("removeSpecks() takes corners as touching, and edges not as joined", () => {
  const given = picture("#..#.", ".#..#", "..#..");
  // 3 pixels at a slant, and 2: nothing goes on at the other side.
  const kept = removeSpecks(given, 0.7);
  assertEquals(kept.pixels, picture("#....", ".#...", "..#..").pixels);
  assertEquals(removeSpecks(given, 0.6).pixels, given.pixels);
});

Deno.test("removeSpecks() leaves an empty picture empty", () => {
  const given = picture("...", "...");
  assertEquals(removeSpecks(given, 0.5), given);
});
