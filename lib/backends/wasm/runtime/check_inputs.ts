/**
 * What kernels ask of their inputs before they touch memory. tfjs's engine runs a
 * kernel with whatever it is given, and a kernel works with addresses: a wrong
 * shape would read and write what belongs to others.
 *
 * @module
 */
import type { DataType, TensorInfo } from "@tensorflow/tfjs";
import { refuse, shown } from "../../../numeric/refuse.ts";

/** Where tensors lie. */
export interface TensorAddresses {
  /**
   * The address of a tensor's first value.
   *
   * @throws {RangeError} If it has another type (default float32) or fewer values
   * than its shape says.
   */
  addressOf(tensor: TensorInfo, dtype?: DataType): number;
}

/** In an expected shape: a side of any length. */
export const any = -1;

/** The shape of a batch of images, whatever their number and size. */
export const anyImages = [any, any, any, any];

/** Refuses what a kernel was given. */
export function refuseKernel(
  kernel: string,
  expected: string,
  got: string,
): never {
  refuse(`run ${kernel} on the wasm backend`, expected, got);
}

/**
 * An input of a kernel, if it is there and has its type and shape.
 *
 * @param name The input's, for an error.
 * @param expected Its shape, with `any` for sides of any length.
 * @throws {RangeError} If it is missing, of another type or shape, or claims more
 * values than it has.
 */
export function checkTensor(
  host: TensorAddresses,
  kernel: string,
  name: string,
  tensor: TensorInfo | undefined | null,
  expected: readonly number[],
  dtype: DataType = "float32",
): TensorInfo {
  if (!tensor) {
    return refuseKernel(kernel, `${name} ${inWords(expected)}`, "nothing");
  }
  if (tensor.dtype !== dtype) {
    refuseKernel(
      kernel,
      `${dtype} values`,
      `${tensor.dtype} [${tensor.shape}] as ${name}`,
    );
  }
  if (!hasShape(tensor, expected)) {
    refuseKernel(
      kernel,
      `${name} ${inWords(expected)}`,
      `[${tensor.shape.join(", ")}]`,
    );
  }
  // Looks whether there is as much memory as the shape says.
  host.addressOf(tensor, dtype);
  return tensor;
}

function hasShape(
  { shape }: TensorInfo,
  expected: readonly number[],
): boolean {
  if (shape.length !== expected.length) return false;
  for (let i = 0; i < expected.length; i++) {
    const side = shape[i]!;
    if (expected[i] === any ? !isCount(side) : side !== expected[i]) {
      return false;
    }
  }
  return true;
}

const inWords = (expected: readonly number[]) =>
  expected.length > 0 && expected.every((side) => side === any)
    ? `of ${expected.length} dimensions`
    : `of shape [${
      expected.map((side) => side === any ? "any" : side).join(", ")
    }]`;

/** Whether a number can be a tensor's side. */
export const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && value as number >= 0;

/**
 * A shape that a kernel is told, for what it makes.
 *
 * @throws {RangeError} If it is no list of as many whole numbers of 0 or more.
 */
export function checkGivenShape(
  kernel: string,
  name: string,
  shape: unknown,
  rank: number,
): asserts shape is number[] {
  if (Array.isArray(shape) && shape.length === rank && shape.every(isCount)) {
    return;
  }
  refuseKernel(
    kernel,
    `${name} to be ${rank} whole numbers of 0 or more`,
    shown(shape),
  );
}

/**
 * Finite numbers that a kernel is told, by their names.
 *
 * @throws {RangeError} If one is missing or is none.
 */
export function checkNumbers<Name extends string>(
  kernel: string,
  attributes: unknown,
  names: readonly Name[],
): asserts attributes is Record<Name, number> {
  const given = (attributes ?? {}) as Record<string, unknown>;
  for (const name of names) {
    if (!Number.isFinite(given[name])) {
      refuseKernel(kernel, `a finite ${name}`, shown(given[name]));
    }
  }
}

/** How many values a shape has. */
export function sizeOf(shape: readonly number[]): number {
  let size = 1;
  for (let i = 0; i < shape.length; i++) size *= shape[i]!;
  return size;
}
