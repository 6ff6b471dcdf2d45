import { pace } from "../../../lib/plots/notebook/pace.ts";
import { assertEquals } from "../../assert.ts";

Deno.test("pace() opens at most once in an interval, however often it is asked", () => {
  let time = 1000;
  const due = pace(250, () => time);
  const opened: number[] = [];
  for (; time < 2000; time += 10) if (due()) opened.push(time);
  assertEquals(opened, [1000, 1250, 1500, 1750]);
});
