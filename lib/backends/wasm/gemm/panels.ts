/**
 * The loops that cut a product into panels.
 *
 * @module
 */
import {
  type Code,
  forEach,
  i32,
  type Local,
  type ValueType,
  when,
} from "../asm/instructions.ts";
import { declare } from "./tile.ts";
import {
  depthStep,
  panelDepth,
  type TileArena,
} from "../linking/tile_arena.ts";

/** The loop over panels of k of about equal depth: a last one of a few k would be slow. */
export function eachPanel(
  local: (type: ValueType) => Local,
  depth: Local,
  body: (panel: { k: Local; whole: Local; rest: Local }) => Code,
): Code {
  const [k, step, part, whole, rest] = declare(local, "i32", 5) as [
    Local,
    Local,
    Local,
    Local,
    Local,
  ];
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
  { columns: tileColumns }: TileArena,
  columns: Local,
  column: Local,
  width: Local,
  body: Code,
): Code {
  const left = i32.sub(columns.get, column.get);
  return [
    column.set(i32.const(0)),
    forEach(column, columns.get, tileColumns, [
      width.set(i32.min(i32.const(tileColumns), left)),
      body,
    ]),
  ];
}

/** Packs the steps of a panel where they go: the odd ones at the end apart. */
export function packPanel(
  arena: TileArena,
  { whole, rest }: { whole: Local; rest: Local },
  pack: (from: Code, count: Code, target: number) => Code,
): Code {
  return [
    when(whole.get, pack(i32.const(0), whole.get, arena.panel)),
    when(
      rest.get,
      pack(
        whole.get,
        rest.get,
        arena.panel + panelDepth * 4 * arena.columns,
      ),
    ),
  ];
}
