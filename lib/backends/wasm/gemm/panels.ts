/**
 * The loops that cut a product into panels.
 *
 * @module
 */
import type { Code, Declare, Local, Target } from "../asm/code.ts";
import { forEach, when } from "../asm/control.ts";
import { i32 } from "../asm/integers.ts";
import { depthStep, panel, panelDepth, tileColumns } from "./tile_size.ts";

/** The k of a panel: `whole`, a multiple of `depthStep`, and `rest` more. */
interface Depth {
  whole: Local;
  rest: Local;
}

/** The loop over panels of k of about equal depth: a last one of a few k would be slow. */
export function eachPanel(
  local: Declare,
  depth: Local,
  body: (panel: Depth & { k: Local }) => Code,
): Code {
  const [k, step, part] = [local("i32"), local("i32"), local("i32")];
  const [whole, rest] = [local("i32"), local("i32")];
  const up = (value: Code, by: Code) =>
    i32.div(i32.sub(i32.add(value, by), i32.const(1)), by);
  const panels = up(depth.get, i32.const(panelDepth));
  const left = i32.sub(depth.get, k.get);
  return [
    step.set(i32.mul(
      up(up(depth.get, panels), i32.const(depthStep)),
      i32.const(depthStep),
    )),
    k.set(i32.const(0)),
    forEach(k, depth.get, step.get, [
      part.set(i32.min(step.get, left)),
      whole.set(i32.and(part.get, i32.const(-depthStep))),
      rest.set(i32.sub(part.get, whole.get)),
      body({ k, whole, rest }),
    ]),
  ];
}

/** The loop over panels of columns. */
export function eachColumns(
  target: Target,
  columns: Local,
  column: Local,
  width: Local,
  body: Code,
): Code {
  const most = tileColumns(target);
  const left = i32.sub(columns.get, column.get);
  return [
    column.set(i32.const(0)),
    forEach(column, columns.get, most, [
      width.set(i32.min(i32.const(most), left)),
      body,
    ]),
  ];
}

/** Packs the steps of a panel where they go: the odd ones at the end apart. */
export function packPanel(
  target: Target,
  { whole, rest }: Depth,
  pack: (from: Code, count: Code, target: Code) => Code,
): Code {
  const first = target.addressOf(panel);
  const last = first + panelDepth * 4 * tileColumns(target);
  return [
    when(whole.get, pack(i32.const(0), whole.get, i32.const(first))),
    when(rest.get, pack(whole.get, rest.get, i32.const(last))),
  ];
}
