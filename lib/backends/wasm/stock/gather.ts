import * as tf from "@tensorflow/tfjs";
import { refuse } from "../../../numeric/refuse.ts";
import { valuesOf } from "../arrays/arrays.ts";
import { sizeOf } from "../runtime/check_inputs.ts";
import { type WasmKernel, wasmKernel } from "../runtime/kernel.ts";
import type { WasmBackend } from "../runtime/tfjs_backend.ts";

interface GatherAttributes {
  axis: number;
  batchDims: number;
}

/** Values next to each other that are worth a copy of their own. */
const longSlice = 16;

/**
 * tfjs's `GatherV2`. With batch dimensions its own takes every slice from a wrong
 * place, from a tensor without values it gives a wrong shape, and it moves values
 * one by one: a batch that `model.fit` shuffles takes it a hundred times as long.
 */
export const gatherKernel: WasmKernel = wasmKernel(
  "GatherV2",
  ({ backend, input, attributes }) => {
    const attrs = attributes as GatherAttributes;
    const x = input("x");
    const isRight = attrs.batchDims === 0 && sizeOf(x.shape) > 0;
    const suits = isRight && sliceOf(x, attrs) < longSlice;
    return suits ? undefined : gather(x, input("indices"), attrs, backend);
  },
);

/** How many values a slice has. */
const sliceOf = ({ shape }: tf.TensorInfo, { axis }: GatherAttributes) =>
  sizeOf(shape.slice(tf.util.parseAxisParam(axis, shape)[0]! + 1));

/** The slices of `x` along an axis that the indices name, batch by batch. */
function gather(
  x: tf.TensorInfo,
  indices: tf.TensorInfo,
  { axis, batchDims }: GatherAttributes,
  backend: WasmBackend,
): tf.TensorInfo {
  const at = tf.util.parseAxisParam(axis, x.shape)[0]!;
  const { batchSize, outerSize, dimSize, sliceSize, outputShape } = tf
    .backend_util.segment_util.collectGatherOpShapeInfo(
      x as tf.Tensor,
      indices as tf.Tensor,
      at,
      batchDims,
    );
  for (const id of valuesOf(backend, indices)) {
    if (!(id >= 0 && id < dimSize)) {
      refuse("gather", `indices in [0, ${dimSize})`, String(id));
    }
  }
  const out = backend.makeOutput(outputShape, x.dtype);
  const [from, to] = [valuesOf(backend, x), valuesOf(backend, out)];
  const ids = valuesOf(backend, indices);
  const count = batchSize === 0 ? 0 : ids.length / batchSize;
  let target = 0;
  for (let outer = 0; outer < batchSize * outerSize; outer++) {
    const first = Math.floor(outer / outerSize) * count;
    for (let i = first; i < first + count; i++, target += sliceSize) {
      const source = (outer * dimSize + ids[i]!) * sliceSize;
      to.set(from.subarray(source, source + sliceSize), target);
    }
  }
  return out;
}
