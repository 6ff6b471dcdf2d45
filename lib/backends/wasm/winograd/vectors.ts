/**
 * Products of Winograd's matrices with vectors of registers.
 *
 * The points come in pairs p and −p, and so do rows or columns of the matrices, at
 * 1 and 2, and at 3 and 4: what has an even power of p is the same in both, what has
 * an odd one has the other sign. That is done once for both.
 *
 * @module
 */
import type { Code, Local, ValueType } from "../asm/code.ts";
import { f32x4 } from "../asm/floats.ts";
import type { Lane } from "../asm/lanes.ts";
import { declare } from "../gemm/tile.ts";
import type { Matrix } from "./matrices.ts";

/** Where the first of two rows or columns is that differ in signs. */
const pairs = [1, 3];

/** How registers hold numbers: each of `parts` registers as many as the lane has. */
export interface Registers {
  lane: Lane;
  parts: number;
  local(type: ValueType): Local;
  /** Gives the code for a number in every lane. */
  constant(value: number): Code;
}

/** A number of some neighbouring channels: a register for each part. */
export type Numbers = Local[];

/** As many numbers as are asked for. */
export const declareNumbers = (
  { local, lane, parts }: Registers,
  count: number,
): Numbers[] =>
  Array.from({ length: count }, () => declare(local, lane.type, parts));

/** Code for each part of a result. */
export type Result = Code[];

/**
 * Multiplies a matrix with a vector: one with a row for each point, or its
 * transpose.
 *
 * @param use Gets the results in order.
 */
export function multiply(
  registers: Registers,
  matrix: Matrix,
  vector: Numbers[],
  use: (row: number, result: Result) => Code,
): Code {
  return matrix.length >= vector.length
    ? multiplyPairsOfRows(registers, matrix, vector, use)
    : multiplyPairsOfColumns(registers, matrix, vector, use);
}

/** Each pair of rows is e + o and e − o. */
function multiplyPairsOfRows(
  registers: Registers,
  matrix: Matrix,
  vector: Numbers[],
  use: (row: number, result: Result) => Code,
): Code {
  const [even, odd] = declareNumbers(registers, 2) as [Numbers, Numbers];
  return matrix.map((row, r) => {
    if (pairs.includes(r - 1)) return [];
    if (!pairs.includes(r)) return use(r, sum(registers, row, vector));
    const at = (parity: number) => row.map((x, j) => j % 2 === parity ? x : 0);
    const factor = at(1).findLast((x) => x !== 0)!;
    const odds = at(1).map((x) => x / factor);
    const result = (factor: number) =>
      even.map((e, part) =>
        multiplyAdd(registers, factor, odd[part]!.get, e.get)
      );
    return [
      set(even, sum(registers, at(0), vector)),
      set(odd, sum(registers, odds, vector)),
      use(r, result(factor)),
      use(r + 1, result(-factor)),
    ];
  });
}

/** Even rows have the sum of each pair of columns, odd ones the difference. */
function multiplyPairsOfColumns(
  registers: Registers,
  matrix: Matrix,
  vector: Numbers[],
  use: (row: number, result: Result) => Code,
): Code {
  const { lane } = registers;
  const sums = [...vector];
  const differences = [...vector];
  const prepare = pairs.map((i) => {
    const [a, b] = [vector[i]!, vector[i + 1]!];
    const [s, d] = declareNumbers(registers, 2) as [Numbers, Numbers];
    [sums[i], differences[i]] = [s, d];
    return [
      set(s, a.map((x, part) => lane.add(x.get, b[part]!.get))),
      set(d, a.map((x, part) => lane.sub(x.get, b[part]!.get))),
    ];
  });
  const firsts = (row: readonly number[]) =>
    row.map((x, j) => pairs.includes(j - 1) ? 0 : x);
  return [
    prepare,
    matrix.map((row, r) =>
      use(r, sum(registers, firsts(row), r % 2 === 0 ? sums : differences))
    ),
  ];
}

/** Sets all parts. */
export const set = (numbers: Numbers, result: Result): Code =>
  numbers.map((number, part) => number.set(result[part]!));

/** Σ factor · number, without the multiplications by 0 and 1. */
function sum(
  registers: Registers,
  factors: readonly number[],
  vector: Numbers[],
): Result {
  const { lane, constant } = registers;
  const indices = factors.map((_, i) => i).filter((i) => factors[i] !== 0);
  // A factor of 1 goes first, where it saves an instruction.
  const start = indices.find((i) => factors[i] === 1) ?? indices[0]!;
  return vector[start]!.map((first, part) =>
    indices.filter((i) => i !== start).reduce<Code>(
      (total, i) => {
        const number = vector[i]![part]!.get;
        return factors[i] === 1
          ? lane.add(total, number)
          : multiplyAdd(registers, factors[i]!, number, total);
      },
      factors[start] === 1
        ? first.get
        : lane.mul(constant(factors[start]!), first.get),
    )
  );
}

function multiplyAdd(
  { lane, constant }: Registers,
  factor: number,
  number: Code,
  total: Code,
): Code {
  return lane.type === "v128"
    ? f32x4.multiplyAdd(constant(factor), number, total)
    : lane.add(lane.mul(constant(factor), number), total);
}
