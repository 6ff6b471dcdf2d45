import {
  duration,
  finishedLine,
  listing,
} from "../../../lib/commands/experiments/text.ts";
import { neededRuns } from "../../../lib/experiment/series/plan.ts";
import { assertEquals } from "../../assert.ts";
import { runOf } from "../../experiment/series/made_up.ts";

Deno.test("duration() says seconds, minutes or hours", () => {
  assertEquals(
    [40.4, 89, 90, 720, 3540, 3900].map(duration),
    ["40 s", "89 s", "2 min", "12 min", "59 min", "1 h 5 min"],
  );
});

Deno.test("finishedLine() says what was found, and how long the rest will take", () => {
  const [needed] = neededRuns(["margin"], [1]);
  const finished = { run: runOf(1), needed: needed!, network: 2, networks: 8 };
  assertEquals(
    finishedLine({ ...finished, part: 0.25 }, 60),
    "network 2 of 8  margin 0.05, seed 1:  accuracy 90.10 %  VAL 50.00 %  3 min left",
  );
  assertEquals(
    finishedLine({ ...finished, part: 1 }, 60),
    "network 2 of 8  margin 0.05, seed 1:  accuracy 90.10 %  VAL 50.00 %",
  );
});

Deno.test("listing() counts the runs of each experiment that are missing", () => {
  const names = ["margin", "mining"] as const;
  const missing = neededRuns(["mining"], [1, 2]).slice(1);
  assertEquals(
    listing(names, 2, missing),
    "margin  Margin: all 10 runs are there\nmining  Miner: 9 of 10 runs missing",
  );
});
