import { checkWhole } from "../../numeric/domain.ts";
import { checkItems, checkList, checkSome } from "../../numeric/list.ts";
import { isNumber } from "../embeddings/checks.ts";

const rate = { type: "number", min: 0, max: 1 } as const;

/**
 * Refuses what is not a curve: rates at ascending thresholds.
 *
 * @param action What is being done, the opening of an error's message.
 * @param rates By what they are, such as "falseAcceptRates".
 * @throws {RangeError} If the lists are empty, differ in length, or hold something
 * else than thresholds and rates.
 */
export function checkRates(
  action: string,
  thresholds: unknown,
  rates: Record<string, unknown>,
): void {
  checkSome(action, "thresholds", thresholds);
  checkItems(action, "thresholds to be numbers", thresholds, isNumber);
  for (const [name, list] of Object.entries(rates)) {
    checkList(action, name, list, rate, thresholds.length);
  }
}

/**
 * Refuses the numbers of what a curve was made of, if there was nothing.
 *
 * @param counts By what they are, such as "strangers".
 * @throws {RangeError} If one is not a whole number of 1 or more.
 */
export function checkCounts(
  action: string,
  counts: Record<string, number>,
): void {
  for (const [name, count] of Object.entries(counts)) {
    checkWhole(action, name, count, 1, Infinity);
  }
}
