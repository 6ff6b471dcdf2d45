import * as tf from "@tensorflow/tfjs";
import { refuse } from "../../numeric/refuse.ts";
import { sizeOf } from "./check_inputs.ts";
import { type Host, hostOf, type WasmBackend } from "./host.ts";

const host = (): Host => hostOf(tf.backend() as unknown as WasmBackend);

/**
 * The values of a float32 tensor of the present 'wasm' backend where they are:
 * no copy, and stale as soon as anything is allocated.
 */
export function valuesInPlace(tensor: tf.TensorInfo): Float32Array {
  const start = host().addressOf(tensor) / 4;
  return host().floats().subarray(start, start + sizeOf(tensor.shape));
}

/** A float32 tensor whose memory nobody else uses: itself, or else a copy. */
export function overwritable(tensor: tf.Tensor): tf.Tensor {
  return tf.backend().refCount(tensor.dataId) === 1
    ? tensor
    : tf.mul(tensor, 1);
}

/** So many floats at a time stay in the cache. */
const piece = 1 << 14;

/**
 * Adds values to a float32 tensor whose memory nobody else uses.
 *
 * @throws {RangeError} If there is not one for each of the tensor's.
 */
export function addInPlace(tensor: tf.Tensor, values: Float32Array): void {
  if (values.length !== tensor.size) {
    refuse(
      "add values to a tensor",
      `${tensor.size} for [${tensor.shape.join(", ")}]`,
      `${values.length}`,
    );
  }
  const { addressOf, scratch, floats, call } = host();
  const address = addressOf(tensor);
  const copy = scratch("values to add", 4 * piece);
  for (let start = 0; start < values.length; start += piece) {
    const part = values.subarray(start, start + piece);
    floats().set(part, copy / 4);
    call.addBias!(address + 4 * start, copy, 1, part.length);
  }
}
