import { palette, styledLayout } from "../../../lib/plots/figures/style.ts";
import { assert, assertEquals } from "../../assert.ts";

Deno.test("styledLayout() leaves room for a title only where there is one", () => {
  const top = (title?: string) =>
    (styledLayout(title ? { title } : {}).margin as { t: number }).t;
  assert(top("Loss") > top());
  assert(!("title" in styledLayout({})));
});

Deno.test("styledLayout() lets a figure replace what it needs", () => {
  const layout = styledLayout({ width: 300 }, { margin: { l: 1 } });
  assertEquals(layout.width, 300);
  assertEquals(layout.margin, { l: 1 });
});

Deno.test("palette has a color for each digit", () => {
  assertEquals(new Set(palette).size, 10);
  assert(palette.every((color) => /^#[0-9a-f]{6}$/.test(color)));
});
