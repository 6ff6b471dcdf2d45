import type * as tf from "@tensorflow/tfjs";
import { refuse } from "../../../numeric/refuse.ts";
import {
  activate,
  activationOf,
  checkActivation,
  checkBroadcast,
} from "../epilogue/activate.ts";
import { checkTensor, sizeOf } from "../runtime/check_inputs.ts";
import { type Call, type WasmKernel, wasmKernel } from "../runtime/kernel.ts";
import { multiplyMatrices } from "./matmul.ts";
import { type Values, valuesOf } from "../arrays/arrays.ts";
import { integerMatrix, multiplyIntegers } from "./integer_products.ts";

interface Transposition {
  transposeA: boolean;
  transposeB: boolean;
}

/** tfjs's two matrix products. */
export const matmulKernels: WasmKernel[] = [
  wasmKernel("BatchMatMul", (call) => multiply(call, productOf(call))),
  wasmKernel("_FusedMatMul", (call) => {
    const { name, host, backend, inputs: { bias } } = call;
    const product = productOf(call);
    if (bias) {
      const { shape, a: { dtype } } = product;
      checkBroadcast(host, name, "a bias", bias, shape, dtype);
    }
    const activation = activationOf(call);
    checkActivation(host, name, product.shape, activation);
    return activate(multiply(call, product), backend, activation, bias);
  }),
];

/**
 * A batch of products `[..., rows, depth] · [..., depth, columns]`, either side
 * stored transposed; the batch axes broadcast.
 */
interface BatchProduct extends Transposition {
  a: tf.TensorInfo;
  b: tf.TensorInfo;
  /** Of the result. */
  shape: number[];
  depth: number;
}

/**
 * @throws {RangeError} If the sizes do not fit, or the values are not float32 or
 * int32 on both sides.
 */
function productOf({ name, host, inputs, attributes }: Call): BatchProduct {
  const { a, b } = inputs;
  const { transposeA = false, transposeB = false } = attributes as Partial<
    Transposition
  >;
  if (!a || !b || a.shape.length < 2 || b.shape.length < 2) {
    return mismatch(a, b, "two matrices");
  }
  if (a.dtype !== b.dtype || !["float32", "int32"].includes(a.dtype)) {
    return mismatch(a, b, "float32 or int32 on both sides");
  }
  const [rows, depth] = sides(a, transposeA);
  const [bDepth, columns] = sides(b, transposeB);
  if (depth !== bDepth) return mismatch(a, b, "equal inner sizes");
  const [aBatch, bBatch] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  const batch = broadcastBatch(aBatch, bBatch);
  if (!batch) {
    return mismatch(
      a,
      b,
      "batches of equal sizes, or of 1",
      ", which could not be broadcast",
    );
  }
  for (const [input, matrix] of Object.entries({ a, b })) {
    checkTensor(host, name, input, matrix, matrix.shape, a.dtype);
  }
  const shape = [...batch, rows, columns];
  return { a, b, shape, depth, transposeA, transposeB };
}

function multiply(
  { host, backend }: Call,
  { a, b, shape, depth, transposeA, transposeB }: BatchProduct,
): tf.TensorInfo {
  const [rows, columns] = shape.slice(-2) as [number, number];
  const batch = shape.slice(0, -2);
  const [aBatch, bBatch] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  const c = backend.makeOutput(shape, a.dtype);
  for (let i = 0; i < sizeOf(batch); i++) {
    const aAt = matrixAt(i, batch, aBatch);
    const bAt = matrixAt(i, batch, bBatch);
    if (a.dtype === "int32") {
      const [left, right, product] = [a, b, c].map((tensor) =>
        valuesOf(backend, tensor)
      ) as [Values, Values, Values];
      multiplyIntegers(
        integerMatrix(left, aAt, [rows, depth], transposeA),
        integerMatrix(right, bAt, [depth, columns], transposeB),
        integerMatrix(product, i, [rows, columns], false),
        rows,
        columns,
        depth,
      );
      continue;
    }
    multiplyMatrices(host, {
      a: host.addressOf(a) + aAt * rows * depth * 4,
      b: host.addressOf(b) + bAt * depth * columns * 4,
      c: host.addressOf(c) + i * rows * columns * 4,
      transposeA,
      transposeB,
      rows,
      columns,
      depth,
    });
  }
  return c;
}

/** The sizes of a batch of which each side is one of both, or 1 in the other. */
function broadcastBatch(a: number[], b: number[]): number[] | undefined {
  const batch: number[] = [];
  for (let axis = 1; axis <= Math.max(a.length, b.length); axis++) {
    const [own, other] = [a.at(-axis) ?? 1, b.at(-axis) ?? 1];
    if (own !== other && own !== 1 && other !== 1) return undefined;
    batch.unshift(own === 1 ? other : own);
  }
  return batch;
}

function sides(matrix: tf.TensorInfo, transposed: boolean): [number, number] {
  const [rows, columns] = matrix.shape.slice(-2) as [number, number];
  return transposed ? [columns, rows] : [rows, columns];
}

/** Which matrix of a side belongs to the i-th of the whole batch. */
function matrixAt(i: number, batch: number[], own: number[]): number {
  let [at, step] = [0, 1];
  for (let axis = 1; axis <= own.length; axis++) {
    const side = batch.at(-axis)!;
    if (own.at(-axis) !== 1) at += (i % side) * step;
    step *= own.at(-axis)!;
    i = Math.floor(i / side);
  }
  return at;
}

function mismatch(
  a: tf.TensorInfo | undefined,
  b: tf.TensorInfo | undefined,
  expected: string,
  why = "",
) {
  const inWords = (matrix: tf.TensorInfo | undefined) =>
    matrix ? `${matrix.dtype} [${matrix.shape}]` : "nothing";
  return refuse(
    "multiply matrices on the wasm backend",
    expected,
    `${inWords(a)} and ${inWords(b)}${why}`,
  );
}
