/**
 * Functions that transform tiles of images, and filters, for Winograd's minimal
 * filtering: each computes L · tile · Lᵀ for one of its matrices L, channel by
 * channel.
 *
 * On one side of a transform are the tile's pixels in an image; those outside it
 * are read from a row of zeros and written to a row that nobody reads. On the other
 * side the values lie in one matrix `[tiles, channels]` for each of the 6×6 places,
 * and the product with the filters is a matrix product at each place.
 *
 * The values' places go down the columns while the pixels go along the rows. What
 * one transform swaps, another swaps back.
 *
 * @module
 */
import type { WasmFunction } from "../asm/code.ts";
import { wasmFunction } from "../asm/wasm_function.ts";
import type { Code, Local, ValueType } from "../asm/code.ts";
import { forEach } from "../asm/control.ts";
import { i32 } from "../asm/integers.ts";
import { four, type Lane, one } from "../asm/lanes.ts";
import {
  filterGradientTransform,
  filterTransform,
  inputTransform,
  type Matrix,
  outputGradientTransform,
  outputTransform,
} from "./matrices.ts";
import { eachTile, pixelAddress, pixelOperands } from "./pixels.ts";
import {
  declareNumbers,
  multiply,
  type Numbers,
  type Registers,
  type Result,
  set,
} from "./vectors.ts";

/**
 * What all functions of this file take: where the pixels of tiles are, the channels
 * of each, the address of the first matrix of values, and the bytes from a matrix to
 * the next.
 */
const operands = [...pixelOperands, "channels", "values", "stride"] as const;

/** A transform of tiles. */
export type TileFunction = WasmFunction<typeof operands[number]>;

export const inputToValues = toValues("inputToValues", inputTransform);
export const filterToValues = toValues("filterToValues", filterTransform);
export const outputGradientToValues = toValues(
  "outputGradientToValues",
  outputGradientTransform,
);
export const valuesToOutput = toPixels("valuesToOutput", outputTransform);
export const valuesToFilterGradient = toPixels(
  "valuesToFilterGradient",
  filterGradientTransform,
);

function toValues(name: string, matrix: Matrix): TileFunction {
  return transform(name, matrix, matrix[0]!.length, (pixel, value) => ({
    read: pixel,
    write: value,
  }));
}

function toPixels(name: string, matrix: Matrix): TileFunction {
  return transform(name, matrix, matrix.length, (pixel, value) => ({
    read: value,
    write: pixel,
  }));
}

/** Code around a use of the address of a number. */
type Place = (k: number, use: (address: Code) => Code) => Code;

/**
 * Where a transform takes its numbers from, and where it puts the results. Both
 * are called for k = 0, 1, 2, … in this order.
 */
interface Ends {
  read: Place;
  write: Place;
}

/**
 * A function with the loops over tiles and channels.
 *
 * @param side Pixels along one axis of a tile.
 * @param connect Gets where pixels are, and where values are.
 */
function transform(
  name: string,
  matrix: Matrix,
  side: number,
  connect: (pixel: Place, value: Place) => Ends,
): TileFunction {
  return wasmFunction(name, operands, (given, local, target) => {
    const { channels, values, stride, ...pixels } = given;
    // Where registers are wider, vectors come in pairs.
    const parts = target.vectorRegisters / 16;
    const [offset, at, next] = [local("i32"), local("i32"), local("i32")];
    const ends = connect(
      (k, use) => [
        at.set(i32.add(pixelAddress(target, k), offset.get)),
        use(at.get),
      ],
      (_, use) => [use(next.get), next.increase(stride.get)],
    );
    const constants = constantsIn(local);
    /** The loop over groups of channels, as far as there are whole ones. */
    const eachGroup = (lane: Lane, parts: number) => {
      const floats = parts * (lane === four ? 4 : 1);
      const whole = i32.and(channels.get, i32.const(-floats));
      const constant = (value: number) => constants.of(lane, value);
      const registers = { lane, parts, local, constant };
      return forEach(offset, i32.mul(whole, i32.const(4)), 4 * floats, [
        next.set(i32.add(values.get, offset.get)),
        bothSides(registers, matrix, ends),
      ]);
    };
    const loops = eachTile(local, target, pixels, side, [
      offset.set(i32.const(0)),
      parts > 1 ? eachGroup(four, parts) : [],
      eachGroup(four, 1),
      eachGroup(one, 1),
      values.increase(i32.mul(channels.get, i32.const(4))),
    ]);
    return [constants.setUp(), loops];
  });
}

/** Constants in locals that are set once, before the loops. */
function constantsIn(local: (type: ValueType) => Local) {
  const held = new Map<string, { get: Code; set: Code }>();
  const of = (lane: Lane, value: number): Code => {
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
  registers: Registers,
  matrix: Matrix,
  { read, write }: Ends,
): Code {
  const { lane } = registers;
  const size = matrix[0]!.length;
  const row = declareNumbers(registers, size);
  const columns = matrix.map(() => declareNumbers(registers, size));
  const load = (numbers: Numbers) => (address: Code) =>
    set(numbers, numbers.map((_, part) => lane.load(address, 16 * part)));
  const store = (result: Result) => (address: Code) =>
    result.map((value, part) => lane.store(address, value, 16 * part));
  return [
    row.map((_, i) => [
      row.map((numbers, j) => read(i * size + j, load(numbers))),
      multiply(
        registers,
        matrix,
        row,
        (r, result) => set(columns[r]![i]!, result),
      ),
    ]),
    columns.map((column, i) =>
      multiply(
        registers,
        matrix,
        column,
        (j, result) => write(i * matrix.length + j, store(result)),
      )
    ),
  ];
}
