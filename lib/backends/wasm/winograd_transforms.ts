/**
 * Kernels that transform tiles of images, and filters, for Winograd's minimal
 * filtering: each computes L · tile · Lᵀ for one of its matrices L, channel by
 * channel.
 *
 * On one side of a transform the tile's pixels lie anywhere: a table holds an
 * address for each, row by row, so that pixels outside the image can be read from
 * a row of zeros and written to a row that nobody reads. On the other side the
 * values lie in one matrix `[tiles, channels]` for each of the 6×6 places, and
 * the product with the filters is a matrix product at each place.
 *
 * The values' places go down the columns while the pixels go along the rows. What
 * one transform swaps, another swaps back.
 *
 * @module
 */
import { defineFunction, type WasmFunction } from "./assembler.ts";
import {
  type Code,
  f32x4,
  i32,
  type Local,
  repeat,
  type ValueType,
} from "./instructions.ts";
import { eachChannel, type Lane } from "./lanes.ts";
import { declare } from "./tile.ts";
import {
  filterGradientTransform,
  filterTransform,
  inputTransform,
  type Matrix,
  outputGradientTransform,
  outputTransform,
} from "./winograd_matrices.ts";

/**
 * The functions of this file, for the module. All take `(tiles, channels, pixels,
 * values, stride)`: the address of a table of the pixels' addresses, the address
 * of the first matrix of values, and the bytes from a matrix to the next.
 */
export function winogradKernels(): WasmFunction[] {
  return [
    toValues("winogradInput", inputTransform),
    toValues("winogradFilter", filterTransform),
    toValues("winogradOutputGradient", outputGradientTransform),
    toPixels("winogradOutput", outputTransform),
    toPixels("winogradFilterGradient", filterGradientTransform),
  ];
}

function toValues(name: string, matrix: Matrix): WasmFunction {
  return transform(name, matrix, matrix[0]!.length, (lane, pixel, value) => ({
    read: (k, into) => into.set(lane.load(pixel(k))),
    write: (_, result) => [lane.store(value.get, result), value.next],
  }));
}

function toPixels(name: string, matrix: Matrix): WasmFunction {
  return transform(name, matrix, matrix.length, (lane, pixel, value) => ({
    read: (_, into) => [into.set(lane.load(value.get)), value.next],
    write: (k, result) => lane.store(pixel(k), result),
  }));
}

/**
 * Where a transform takes its numbers from, and where it puts the results. Both
 * are called for k = 0, 1, 2, … in this order.
 */
interface Ends {
  read(k: number, into: Local): Code;
  write(k: number, result: Code): Code;
}

/**
 * A kernel with the loops over tiles and channels.
 *
 * @param side Pixels along one axis of a tile.
 * @param connect Gets the address of pixel k, and that of the current value with
 * the code that goes on to the next.
 */
function transform(
  name: string,
  matrix: Matrix,
  side: number,
  connect: (
    lane: Lane,
    pixel: (k: number) => Code,
    value: { get: Code; next: Code },
  ) => Ends,
): WasmFunction {
  return defineFunction(
    name,
    5,
    (local, tiles, channels, pixels, values, stride) => {
      const [offset, value] = [local("i32"), local("i32")];
      const pixel = (k: number) =>
        i32.add(i32.load(pixels!.get, 4 * k), offset.get);
      const current = { get: value.get, next: value.increase(stride!.get) };
      const constants = constantsIn(local);
      const loops = repeat(tiles!, [
        eachChannel(channels!, offset, (lane) => [
          value.set(i32.add(values!.get, offset.get)),
          bothSides(
            lane,
            local,
            matrix,
            connect(lane, pixel, current),
            constants.of,
          ),
        ]),
        pixels!.increase(4 * side * side),
        values!.increase(i32.mul(channels!.get, i32.const(4))),
      ]);
      return [constants.setUp(), loops];
    },
  );
}

/** Gives the code for a number in every lane. */
type Constant = (lane: Lane, value: number) => Code;

/** Constants in locals that are set once, before the loops. */
function constantsIn(local: (type: ValueType) => Local) {
  const held = new Map<string, { get: Code; set: Code }>();
  const of: Constant = (lane, value) => {
    const key = `${lane.type} ${value}`;
    let constant = held.get(key);
    if (!constant) {
      const { get, set } = local(lane.type);
      held.set(key, constant = { get, set: set(lane.constant(value)) });
    }
    return constant.get;
  };
  return { of, setUp: () => [...held.values()].map(({ set }) => set) };
}

/** L · tile · Lᵀ, transposed: the rows of the tile first, then the columns. */
function bothSides(
  lane: Lane,
  local: (type: ValueType) => Local,
  matrix: Matrix,
  { read, write }: Ends,
  constant: Constant,
): Code {
  const size = matrix[0]!.length;
  const row = declare(local, lane.type, size);
  const columns = matrix.map(() => declare(local, lane.type, size));
  const product = (factors: readonly number[], numbers: Local[]) =>
    sum(lane, factors, numbers.map(({ get }) => get), constant);
  return [
    row.map((_, i) => [
      row.map((number, j) => read(i * size + j, number)),
      columns.map((column, r) => column[i]!.set(product(matrix[r]!, row))),
    ]),
    columns.map((column, i) =>
      matrix.map((factors, j) =>
        write(i * matrix.length + j, product(factors, column))
      )
    ),
  ];
}

/** Σ factor · number, without the multiplications by 0 and 1. */
function sum(
  lane: Lane,
  factors: readonly number[],
  numbers: Code[],
  constant: Constant,
): Code {
  const multiplyAdd = lane.type === "v128"
    ? f32x4.multiplyAdd
    : (a: Code, b: Code, c: Code) => lane.add(lane.mul(a, b), c);
  const indices = factors.map((_, i) => i).filter((i) => factors[i] !== 0);
  // A factor of 1 goes first, where it saves an instruction.
  const start = indices.find((i) => factors[i] === 1) ?? indices[0]!;
  return indices.filter((i) => i !== start).reduce<Code>(
    (total, i) =>
      factors[i] === 1
        ? lane.add(total, numbers[i]!)
        : multiplyAdd(constant(lane, factors[i]!), numbers[i]!, total),
    factors[start] === 1
      ? numbers[start]!
      : lane.mul(constant(lane, factors[start]!), numbers[start]!),
  );
}
