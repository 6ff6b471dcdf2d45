import { checkValue, isIn } from "../../numeric/domain.ts";
import { optionsOf } from "../../numeric/options.ts";
import { refuse, shown } from "../../numeric/refuse.ts";
import type { PageControl } from "../pages/interact_in_page.ts";

/** A slider for one number. */
export interface SliderControl {
  min: number;
  /** Above `min`. */
  max: number;
  /** From one value to the next; a hundredth of the range by default. */
  step?: number;
  /** Where the slider stands first. */
  value: number;
  /** What stands beside it; its name by default. */
  label?: string;
}

/** Sliders by name. */
export type Controls = Readonly<Record<string, SliderControl>>;

/** Where all sliders stand, by name. */
export type ControlValues<C extends Controls> = {
  readonly [name in keyof C]: number;
};

const action = "make sliders";

/**
 * The sliders as a page makes them.
 *
 * @throws {RangeError} If there are none, or the range, step or value of one is no
 * number or cannot be.
 */
export function readControls(controls: Controls): PageControl[] {
  const all = Object.entries(optionsOf(action, controls));
  if (all.length === 0) refuse(action, "a slider", "none");
  return all.map(([name, given]) => {
    const { min, max, value, label = name, ...rest } = optionsOf(action, given);
    checkValue(action, `${name}.min`, min, { type: "number" });
    checkValue(action, `${name}.max`, max, { type: "number", above: min });
    const { step = (max - min) / 100 } = rest;
    checkValue(action, `${name}.step`, step, { type: "number", above: 0 });
    checkValue(action, `${name}.value`, value, { type: "number", min, max });
    return { name, label: String(label), min, max, step, value };
  });
}

/**
 * The values that a page has sent.
 *
 * @throws {RangeError} If one is missing or out of its slider's range.
 * @throws {SyntaxError} If the text is not JSON.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const controls = readControls({ margin: { min: 0, max: 1, value: 0.2 } });
 * assert.deepEqual(readValues(controls, '{"margin":0.5}'), { margin: 0.5 });
 * assert.throws(() => readValues(controls, '{"margin":2}'), RangeError);
 * ```
 */
export function readValues(
  controls: readonly PageControl[],
  text: string,
): Record<string, number> {
  const given: unknown = JSON.parse(text);
  return Object.fromEntries(controls.map(({ name, min, max }) => {
    const value = (given as Record<string, unknown> | null)?.[name];
    if (!isIn({ type: "number", min, max }, value)) {
      refuse("move a slider", `${name} from ${min} to ${max}`, shown(value));
    }
    return [name, value as number];
  }));
}
