import * as tf from "@tensorflow/tfjs";
import { refuse } from "../../../numeric/refuse.ts";
import type { WasmBackend } from "../host.ts";
import { override } from "../override.ts";
import { sizeOf, valuesOf } from "./arrays.ts";

interface GatherAttributes {
  axis: number;
  batchDims: number;
}

/**
 * tfjs's `GatherV2`. With batch dimensions its own takes every slice from a wrong
 * place, and from a tensor without values it gives a wrong shape.
 */
export const gatherKernel: tf.KernelConfig = override(
  "GatherV2",
  ({ x, indices }, attributes, backend) => {
    const attrs = attributes as GatherAttributes;
    const isRight = attrs.batchDims === 0 && sizeOf(x!.shape) > 0;
    return isRight ? undefined : gather(x!, indices!, attrs, backend);
  },
);

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
