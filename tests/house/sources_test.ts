import { assertEquals } from "../assert.ts";
import { circles } from "./sources.ts";

Deno.test("circles() finds the arrows on a circle and no others", () => {
  const arrows = [["a", "b"], ["b", "c"], ["c", "b"], ["c", "d"], ["d", "d"]];
  assertEquals(circles(arrows as [string, string][]), ["b → c", "c → b"]);
});
