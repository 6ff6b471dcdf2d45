import { checkValue } from "../../numeric/domain.ts";
import { optionsOf } from "../../numeric/options.ts";

/** Something that can be done again and again. */
export interface RatedWork {
  /** Multiplications and additions of one run, above 0. */
  flop: number;
  run(): void;
}

/** How long is measured. */
export interface RateOptions {
  /** Measurements of each, 1 to 10,000 (default 60). */
  turns?: number;
  /** The least length of a measurement, up to 1000 (default 1). */
  milliseconds?: number;
  /** How long each runs before, up to 10,000: so long V8 compiles it (default 100). */
  warmUp?: number;
}

/**
 * Measures how fast works are that compute at once and not in the background. They
 * take turns in short windows: a slow moment of the machine meets all of them, and a
 * window is often over before another program gets the processor.
 *
 * @param works By name.
 * @returns For each name the GFLOP/s of each turn.
 * @throws {RangeError} If a number is out of its range.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * let sum = 0;
 * const add = { flop: 1000, run: () => void Array(1000).keys().forEach((i) => sum += i) };
 * const { add: rates } = compareRates({ add }, { turns: 3 });
 * assert.equal(rates?.length, 3);
 * ```
 */
export function compareRates(
  works: Readonly<Record<string, RatedWork>>,
  options: RateOptions = {},
): Record<string, number[]> {
  const action = "compare rates";
  const given = optionsOf(action, options);
  const { turns = 60, milliseconds = 1, warmUp = 100 } = given;
  const count = { type: "integer", min: 1, max: 10_000 } as const;
  checkValue(action, "turns", turns, count);
  const time = { type: "number", above: 0, max: 1000 } as const;
  checkValue(action, "milliseconds", milliseconds, time);
  checkValue(action, "warmUp", warmUp, { ...time, max: 10_000 });
  const all = Object.entries(optionsOf(action, works)).map(([name, work]) => {
    const { flop, run } = optionsOf(action, work);
    checkValue(action, `flop of ${name}`, flop, { type: "number", above: 0 });
    return { name, flop, run, rates: [] as number[] };
  });
  for (const { run } of all) secondsOf(run, warmUp);
  for (let turn = 0; turn < turns; turn++) {
    for (const { flop, run, rates } of all) {
      rates.push(flop / secondsOf(run, milliseconds) / 1e9);
    }
  }
  return Object.fromEntries(all.map(({ name, rates }) => [name, rates]));
}

/** Of one run, by as many as fill the time. */
function secondsOf(run: () => void, milliseconds: number): number {
  const start = performance.now();
  let [runs, passed] = [0, 0];
  while (passed < milliseconds) {
    run();
    runs++;
    passed = performance.now() - start;
  }
  return passed / runs / 1000;
}
