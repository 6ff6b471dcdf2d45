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

Deno.test("removeSpecks() takes more spots than a call has arguments", () => {
  const [height, width] = [800, 1000];
  const pixels = Uint8Array.from(
    { length: height * width },
    (_, i) => i % 2 === 0 && Math.floor(i / width) % 2 === 0 ? 9 : 0,
  );
  pixels.fill(9, 0, 10); // a line of 11, with the spot beside it
  const { pixels: kept } = removeSpecks({ pixels, height, width }, 0.5);
  assertEquals(kept.filter((value) => value > 0).length, 11);
});
