import * as tf from "@tensorflow/tfjs";
import { type Host, hostOf, type WasmBackend } from "./host.ts";

type Pool = tf.backend_util.Conv2DInfo;

interface PoolAttributes {
  filterSize: [number, number] | number;
  strides: [number, number] | number;
  pad: "valid" | "same" | number;
  dimRoundingMode?: "floor" | "round" | "ceil";
}

/**
 * Pooling for training: tfjs's `MaxPoolGrad`, faster, and the L2 pooling of NN2
 * (`L2Pool`, `L2PoolGrad`, not part of tfjs; see lib/nn2/l2_pooling.ts).
 */
export const poolingKernels: tf.KernelConfig[] = [
  {
    kernelName: "MaxPoolGrad",
    backendName: "wasm",
    kernelFunc: ({ inputs, attrs, backend }) =>
      gradient("maxPoolGradient", inputs, attrs, backend as WasmBackend),
  },
  {
    kernelName: "L2Pool",
    backendName: "wasm",
    kernelFunc: ({ inputs, attrs, backend }) =>
      l2Pool(inputs.x!, attrs, backend as WasmBackend),
  },
  {
    kernelName: "L2PoolGrad",
    backendName: "wasm",
    kernelFunc: ({ inputs, attrs, backend }) =>
      gradient("l2PoolGradient", inputs, attrs, backend as WasmBackend),
  },
];

function l2Pool(
  x: tf.TensorInfo,
  attrs: unknown,
  backend: WasmBackend,
): tf.TensorInfo {
  const host = hostOf(backend);
  const pool = geometry(x.shape, attrs);
  const y = host.output(pool.outShape);
  const [from, to] = [host.addressOf(x), host.addressOf(y)];
  eachWindow(pool, (pixel, output, window) => {
    host.call.l2Pool!(from + pixel, to + output, ...window);
  });
  return y;
}

/** Spreads the gradient of each output pixel over the pixels of its window. */
function gradient(
  kernel: "maxPoolGradient" | "l2PoolGradient",
  { dy, input, output }: tf.NamedTensorInfoMap,
  attrs: unknown,
  backend: WasmBackend,
): tf.TensorInfo {
  const host: Host = hostOf(backend);
  const pool = geometry(input!.shape, attrs);
  const dx = host.output(pool.inShape);
  const [from, y, slope, to] = [input!, output!, dy!, dx].map(
    host.addressOf,
  ) as [number, number, number, number];
  const size = pool.inShape.reduce((product, side) => product * side);
  host.floats().fill(0, to / 4, to / 4 + size);
  eachWindow(pool, (pixel, out, window) => {
    host.call[kernel]!(
      from + pixel,
      y + out,
      slope + out,
      to + pixel,
      ...window,
    );
  });
  return dx;
}

function geometry(shape: number[], attrs: unknown): Pool {
  const { filterSize, strides, pad, dimRoundingMode } = attrs as PoolAttributes;
  return tf.backend_util.computePool2DInfo(
    shape as [number, number, number, number],
    filterSize,
    strides,
    1,
    pad,
    dimRoundingMode,
  );
}

/**
 * Visits the window of every output pixel, clipped at the border.
 *
 * @param visit Receives the byte offsets of the window's first pixel in the input
 * and of the output pixel, and `[rows, columns, rowBytes, pixelBytes, channels]`.
 */
function eachWindow(
  pool: Pool,
  visit: (
    pixel: number,
    output: number,
    window: [number, number, number, number, number],
  ) => void,
): void {
  const { batchSize, inHeight, inWidth, inChannels, padInfo } = pool;
  const pixelBytes = inChannels * 4;
  let output = 0;
  for (let image = 0; image < batchSize; image++) {
    for (let y = 0; y < pool.outHeight; y++) {
      const top = y * pool.strideHeight - padInfo.top;
      const first = Math.max(top, 0);
      const rows = Math.min(top + pool.filterHeight, inHeight) - first;
      for (let x = 0; x < pool.outWidth; x++) {
        const left = x * pool.strideWidth - padInfo.left;
        const start = Math.max(left, 0);
        const columns = Math.min(left + pool.filterWidth, inWidth) - start;
        if (rows > 0 && columns > 0) {
          visit(
            ((image * inHeight + first) * inWidth + start) * pixelBytes,
            output,
            [rows, columns, inWidth * pixelBytes, pixelBytes, inChannels],
          );
        }
        output += pixelBytes;
      }
    }
  }
}
