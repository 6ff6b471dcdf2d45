import { objectTable, tableBundle } from "../../../lib/plots/tables/table.ts";
import { assert, assertEquals } from "../../assert.ts";

Deno.test("objectTable() has a column for each key that any object has", () => {
  const table = objectTable([{ a: 1, b: "x" }, { a: 1 / 3, c: [1, null] }]);
  assertEquals(table.head, ["a", "b", "c"]);
  assertEquals(table.rows, [["1", "x", ""], ["0.33333", "", "[1,null]"]]);
  assertEquals(table.numeric, [true, false, false]);
});

Deno.test("objectTable() keeps the first 50 rows and says so", () => {
  const objects = Array.from({ length: 60 }, (_, i) => ({ i }));
  const table = objectTable(objects);
  assertEquals(table.rows.length, 50);
  assertEquals(table.caption, "the first 50 of 60 rows");
  assertEquals(objectTable(objects.slice(10)).caption, "");
});

Deno.test("tableBundle() aligns its columns as text", () => {
  const { "text/plain": text } = tableBundle(
    objectTable([{ digit: 7, name: "seven" }, { digit: 10, name: "ten" }]),
  );
  assertEquals(text, "digit  name\n    7  seven\n   10  ten");
});

Deno.test("tableBundle() leaves no markup in its cells", () => {
  const { "text/html": html } = tableBundle(objectTable([{ "<b>": "<i>" }]));
  assert(typeof html === "string");
  assert(html.includes("&lt;b&gt;") && html.includes("&lt;i&gt;"));
  assert(!html.includes("<b>") && !html.includes("<i>"));
});
