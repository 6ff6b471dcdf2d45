import { checkValue } from "../../numeric/domain.ts";
import { checkList } from "../../numeric/list.ts";
import { optionsOf } from "../../numeric/options.ts";
import { refuse, shown } from "../../numeric/refuse.ts";

/** What a drawing reads of a row of a network's table; `Row` of NN2 is one. */
export interface NetworkRow {
  readonly type: string;
  readonly name: string;
  readonly stride?: number;
  readonly "1x1"?: number;
  readonly "3x3"?: readonly [reduce: number, filters: number];
  readonly "5x5"?: readonly [reduce: number, filters: number];
  readonly pool?: readonly [kind: string, projection?: number];
}

/** The branches of an inception module, in the order of their channels. */
export const branches = {
  "1x1": { name: "1×1", color: "#3f90da", tint: "#e3effa", ink: "#ffffff" },
  "3x3": { name: "3×3", color: "#ffa90e", tint: "#fff2d9", ink: "#24292f" },
  "5x5": { name: "5×5", color: "#832db6", tint: "#efe2f6", ink: "#ffffff" },
  pool: { name: "pool", color: "#717581", tint: "#e9eaec", ink: "#ffffff" },
} as const;

export type BranchKind = keyof typeof branches;

/** One operation of a branch. */
export interface BranchStep {
  /** Such as "3×3 convolution" or "max pool, stride 2". */
  does: string;
  /** Channels of its result. */
  channels: number;
  /** Where the table has its number; none for a pool without a projection. */
  column: string;
}

/** A branch of a module: one operation, or two after each other. */
export interface Branch {
  kind: BranchKind;
  steps: BranchStep[];
}

const action = "draw a module";
const count = { type: "integer", min: 1, max: 2 ** 31 - 1 } as const;

/**
 * Reads the branches of a module from its row.
 *
 * @param input Channels that come in.
 * @throws {RangeError} If the row is no inception module.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const row = { type: "inception", name: "a", "3x3": [64, 192] } as const;
 * const [branch] = branchesOf(row, 64);
 * assert.deepEqual(branch?.steps.map(({ channels }) => channels), [64, 192]);
 * ```
 */
export function branchesOf(row: NetworkRow, input: number): Branch[] {
  const { type, pool, stride = 1 } = optionsOf(action, row);
  if (type !== "inception") {
    refuse(action, "a row of an inception module", shown(type));
  }
  checkValue(action, "stride", stride, count);
  const step = stride === 1 ? "" : `, stride ${stride}`;
  const convolution = (size: string, channels: number, column: string) => ({
    does: size === "1×1" || step === ""
      ? `${size} convolution`
      : `${size}${step}`,
    channels,
    column: `“${column}”`,
  });
  const found: Branch[] = [];
  if (row["1x1"] !== undefined) {
    const steps = [convolution("1×1", row["1x1"], "#1×1")];
    found.push({ kind: "1x1", steps });
  }
  for (const kind of ["3x3", "5x5"] as const) {
    if (!row[kind]) continue;
    const [reduce, filters] = row[kind];
    const size = branches[kind].name;
    const steps = [
      convolution("1×1", reduce, `#${size} reduce`),
      convolution(size, filters, `#${size}`),
    ];
    found.push({ kind, steps });
  }
  if (pool) {
    const [kind, projection] = pool;
    const steps: BranchStep[] = [
      { does: `${kind} pool${step}`, channels: input, column: "“pool”" },
    ];
    if (projection !== undefined) {
      steps.push(convolution("1×1", projection, "pool, projection"));
    }
    found.push({ kind: "pool", steps });
  }
  const numbers = found.flatMap(({ steps }) =>
    steps.map(({ channels }) => channels)
  );
  checkList(action, "channels", numbers, count);
  return found;
}

/** Channels that a branch adds to a module's output. */
export function channelsOf({ steps }: Branch): number {
  return steps.at(-1)!.channels;
}
