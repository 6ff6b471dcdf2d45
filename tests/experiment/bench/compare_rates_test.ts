import { compareRates } from "../../../lib/experiment/bench/compare_rates.ts";
import { assert, assertEquals, assertThrows } from "../../assert.ts";

/** Takes at least so long. */
const wait = (milliseconds: number) => {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
};

Deno.test("compareRates() lets works take turns and divides by their time", () => {
  const calls: string[] = [];
  const work = (name: string, milliseconds: number) => ({
    flop: 1e6,
    run: () => {
      calls.push(name);
      wait(milliseconds);
    },
  });
  const { slow, fast } = compareRates(
    { slow: work("slow", 4), fast: work("fast", 1) },
    { turns: 3, milliseconds: 0.5, warmUp: 0.5 },
  );
  // One run fills a window: a warm-up of each, then three turns.
  const round = ["slow", "fast"];
  assertEquals(calls, [...round, ...round, ...round, ...round]);
  assertEquals([slow!.length, fast!.length], [3, 3]);
  // A million operations in 4 ms and in 1 ms, or in more where others compute.
  assert(Math.max(...slow!) <= 0.25 && Math.max(...fast!) <= 1);
  assert(slow!.concat(fast!).every((rate) => rate > 0));
});

Deno.test("compareRates() repeats what is shorter than its window", () => {
  let runs = 0;
  const quick = { flop: 1, run: () => void runs++ };
  compareRates({ quick }, { turns: 1, milliseconds: 1, warmUp: 1 });
  assert(runs > 10);
});

Deno.test("compareRates() refuses a work without operations", () => {
  assertThrows(
    () => compareRates({ idle: { flop: 0, run() {} } }),
    RangeError,
    "Cannot compare rates: expected flop of idle to be a number above 0, got 0",
  );
});
