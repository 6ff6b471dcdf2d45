import type { TensorInfo } from "@tensorflow/tfjs";
import { anyImages } from "../runtime/check_inputs.ts";
import type { Geometry } from "../windows/geometry.ts";
import { poolGeometry } from "../windows/pool_geometry.ts";
import type { Host } from "../runtime/host.ts";
import { type WasmKernel, wasmKernel } from "../runtime/kernel.ts";
import { windows } from "./spans.ts";

/**
 * tfjs's `MaxPoolWithArgmax`: `{x}` → the greatest values and where they are, as
 * its cpu backend has it. tfjs's own kernel begins with the smallest number above
 * 0, so that it finds nothing in windows without a greater one.
 */
export const maxPoolWithArgmaxKernel: WasmKernel = wasmKernel(
  "MaxPoolWithArgmax",
  ({ name, host, backend, inputs, take, attributes }) => {
    const dtype = inputs.x?.dtype === "int32" ? "int32" : "float32";
    const x = take("x", anyImages, dtype);
    const pool = poolGeometry(name, x.shape, attributes);
    const { includeBatchInIndex = false } = attributes as {
      includeBatchInIndex?: boolean;
    };
    const result = backend.makeOutput(pool.outShape, dtype);
    const indexes = backend.makeOutput(pool.outShape, "int32");
    findMaxima(host, pool, x, result, indexes, includeBatchInIndex);
    return [result, indexes];
  },
);

function findMaxima(
  host: Host,
  pool: Geometry,
  x: TensorInfo,
  result: TensorInfo,
  indexes: TensorInfo,
  includeBatchInIndex: boolean,
): void {
  const { dtype } = x;
  const { batchSize, inHeight, inWidth, inChannels: channels } = pool;
  const integers = host.integers();
  const values = dtype === "int32" ? integers : host.floats();
  const from = host.addressOf(x, dtype) / 4;
  let to = host.addressOf(result, dtype) / 4;
  let indexTo = host.addressOf(indexes, "int32") / 4;
  const [rows, columns] = [windows(pool, "Height"), windows(pool, "Width")];
  const imageSize = inHeight * inWidth * channels;
  for (let image = 0; image < batchSize; image++) {
    const start = from + image * imageSize;
    const firstIndex = includeBatchInIndex ? image * imageSize : 0;
    for (const [top, height] of rows) {
      for (const [left, width] of columns) {
        for (let channel = 0; channel < channels; channel++) {
          let [best, index] = [-Infinity, -1];
          for (let row = top; row < top + height; row++) {
            for (let column = left; column < left + width; column++) {
              const at = (row * inWidth + column) * channels + channel;
              const value = values[start + at]!;
              if (value > best) [best, index] = [value, firstIndex + at];
            }
          }
          values[to++] = best;
          integers[indexTo++] = index;
        }
      }
    }
  }
}
