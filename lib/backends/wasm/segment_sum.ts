import type { KernelConfig, NamedAttrMap, TensorInfo } from "@tensorflow/tfjs";
import { hostOf, type WasmBackend } from "./host.ts";

/**
 * tfjs's `UnsortedSegmentSum`, which its 'wasm' backend lacks: the gradient of
 * `tf.gather`, and so of an embedding layer.
 */
export const segmentSumKernel: KernelConfig = {
  kernelName: "UnsortedSegmentSum",
  backendName: "wasm",
  kernelFunc: ({ inputs, attrs, backend }) =>
    segmentSum(
      inputs.x!,
      inputs.segmentIds!,
      attrs!,
      backend as WasmBackend,
    ),
};

/** Adds each slice of `x` to the slice of the result that its id names. */
function segmentSum(
  x: TensorInfo,
  segmentIds: TensorInfo,
  attrs: NamedAttrMap,
  backend: WasmBackend,
): TensorInfo {
  const host = hostOf(backend);
  const numSegments = attrs.numSegments as number;
  const slice = x.shape.slice(segmentIds.shape.length);
  const columns = slice.reduce((product, side) => product * side, 1);
  const from = host.addressOf(x);
  const sums = host.output([numSegments, ...slice]);
  const to = host.addressOf(sums);
  host.floats().fill(0, to / 4, to / 4 + numSegments * columns);
  const count = segmentIds.shape.reduce((product, side) => product * side, 1);
  const ids = backend.dataIdMap.get(segmentIds.dataId).memoryOffset / 4;
  host.integers().subarray(ids, ids + count).forEach((id, i) => {
    // tfjs leaves out what belongs to no segment.
    if (id < 0 || id >= numSegments) return;
    host.call.channelSums!(
      from + i * columns * 4,
      1,
      columns,
      to + id * columns * 4,
    );
  });
  return sums;
}
