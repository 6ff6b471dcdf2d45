import * as tf from "@tensorflow/tfjs";
import { activate, replace } from "./activate.ts";
import { hostOf, type WasmBackend } from "./host.ts";
import { multiplyMatrices } from "./matmul.ts";

interface Transposition {
  transposeA: boolean;
  transposeB: boolean;
}

/** tfjs's two matrix products, for the 'wasm' backend. */
export const matmulKernels: tf.KernelConfig[] = [
  {
    kernelName: "BatchMatMul",
    backendName: "wasm",
    kernelFunc: ({ inputs, attrs, backend }) =>
      batchMatMul(
        inputs.a!,
        inputs.b!,
        attrs as unknown as Transposition,
        backend as WasmBackend,
      ),
  },
  {
    kernelName: "_FusedMatMul",
    backendName: "wasm",
    kernelFunc({ inputs, attrs, backend }) {
      const { a, b, bias, preluActivationWeights } = inputs;
      const wasm = backend as WasmBackend;
      const product = batchMatMul(
        a!,
        b!,
        attrs as unknown as Transposition,
        wasm,
      );
      return activate(
        bias ? replace("Add", product, wasm, { b: bias }) : product,
        wasm,
        {
          activation: attrs!.activation as tf.fused.Activation | undefined,
          alpha: attrs!.leakyreluAlpha as number | undefined,
          preluWeights: preluActivationWeights,
        },
      );
    },
  },
];

/**
 * A batch of products `[..., rows, depth] · [..., depth, columns]`, either side
 * stored transposed; the batch axes broadcast.
 *
 * @throws {RangeError} If the sizes do not fit or the values are not float32.
 */
function batchMatMul(
  a: tf.TensorInfo,
  b: tf.TensorInfo,
  { transposeA, transposeB }: Transposition,
  backend: WasmBackend,
): tf.TensorInfo {
  const [rows, depth] = sides(a, transposeA);
  const [bDepth, columns] = sides(b, transposeB);
  const [aBatch, bBatch] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  if (depth !== bDepth) throw mismatch(a, b, "equal inner sizes");
  if (a.dtype !== "float32" || b.dtype !== "float32") {
    throw mismatch(a, b, "float32 values");
  }
  const batch = tf.broadcast_util.assertAndGetBroadcastShape(aBatch, bBatch);
  const host = hostOf(backend);
  const c = host.output([...batch, rows, columns]);
  for (let i = 0; i < count(batch); i++) {
    multiplyMatrices(host, {
      a: host.addressOf(a) + matrixAt(i, batch, aBatch) * rows * depth * 4,
      b: host.addressOf(b) + matrixAt(i, batch, bBatch) * depth * columns * 4,
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

const count = (shape: number[]) => shape.reduce((a, b) => a * b, 1);

function mismatch(a: tf.TensorInfo, b: tf.TensorInfo, expected: string) {
  return new RangeError(
    `Cannot multiply matrices on the wasm backend: expected ${expected}, ` +
      `got ${a.dtype} [${a.shape}] and ${b.dtype} [${b.shape}]`,
  );
}
