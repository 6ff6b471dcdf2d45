import * as fc from "fast-check";
import {
  medianAndSpread,
  ratio,
} from "../../../../lib/commands/bench/report/statistics.ts";
import { assert, assertEquals } from "../../../assert.ts";

Deno.test("medianAndSpread() takes the middle value and both ends", () => {
  assertEquals(medianAndSpread([3]), { median: 3, spread: [3, 3] });
  assertEquals(medianAndSpread([9, 1, 5]), { median: 5, spread: [1, 9] });
  assertEquals(medianAndSpread([9, 1, 5, 100]), {
    median: 7,
    spread: [1, 100],
  });
});

Deno.test("medianAndSpread() has as many values below the median as above", () => {
  const speeds = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1 });
  fc.assert(fc.property(speeds, (values) => {
    const { median, spread: [least, greatest] } = medianAndSpread(values);
    const count = (is: (value: number) => boolean) => values.filter(is).length;
    assert(count((value) => value < median) <= values.length / 2);
    assert(count((value) => value > median) <= values.length / 2);
    assertEquals([least, greatest], [Math.min(...values), Math.max(...values)]);
  }));
});

Deno.test("ratio() compares within a round, so that a slow one cancels out", () => {
  const machine = [1, 0.1, 0.8];
  const ours = machine.map((speed) => 60 * speed);
  const theirs = machine.map((speed) => 100 * speed);
  const { median, spread } = ratio(ours, theirs);
  assertEquals([median, ...spread].map((value) => value.toFixed(6)), [
    "0.600000",
    "0.600000",
    "0.600000",
  ]);
  assertEquals(ratio([1, 4], [1, 1]).spread, [1, 4]);
});
