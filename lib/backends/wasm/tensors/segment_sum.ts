import type { KernelConfig, TensorInfo } from "@tensorflow/tfjs";
import { shown } from "../../../numeric/refuse.ts";
import { any, isCount, refuseKernel, sizeOf } from "../runtime/check_inputs.ts";
import type { Host } from "../runtime/host.ts";
import { wasmKernel } from "../runtime/kernel.ts";
import { cutByValues } from "../runtime/row_pieces.ts";
import { sumSegments } from "./sum_segments.ts";

/**
 * tfjs's `UnsortedSegmentSum`, which its 'wasm' backend lacks: the gradient of
 * `tf.gather`, and so of an embedding layer. As in TensorFlow, whole numbers stay
 * whole, and what is not a number stays in its segment.
 */
export const segmentSumKernel: KernelConfig = wasmKernel(
  "UnsortedSegmentSum",
  ({ name, host, backend, inputs, take, attributes }) => {
    const { numSegments } = attributes as { numSegments: unknown };
    if (!isCount(numSegments)) {
      return refuseKernel(
        name,
        "numSegments to be a whole number of 0 or more",
        shown(numSegments),
      );
    }
    const ids = take("segmentIds", [any], "int32");
    const { shape = [], dtype: given } = inputs.x ?? {};
    const dtype = given === "int32" ? "int32" : "float32";
    const x = take("x", shape, dtype);
    if (ids.shape[0] !== shape[0]) {
      refuseKernel(
        name,
        `an id for each of the rows of [${shape.join(", ")}]`,
        `ids of shape [${ids.shape.join(", ")}]`,
      );
    }
    const sums = backend.makeOutput([numSegments, ...shape.slice(1)], dtype);
    addSegments(host, x, ids, sums);
    return sums;
  },
);

/** Adds each row of `x` to the row of the sums that its id names. */
function addSegments(
  host: Host,
  x: TensorInfo,
  segmentIds: TensorInfo,
  sums: TensorInfo,
): void {
  const { dtype, shape: [numSegments, ...row] } = sums;
  const [columns, count] = [sizeOf(row), segmentIds.shape[0]!];
  // Each piece looks at all ids.
  const cut = cutByValues(
    numSegments!,
    columns,
    1 + Math.floor(count / (1 + columns)),
  );
  host.parallel(sumSegments, {
    isFloat: dtype === "float32",
    x: host.addressOf(x, dtype),
    ids: host.addressOf(segmentIds, "int32"),
    count,
    columns,
    sums: host.addressOf(sums, dtype),
    ...cut,
  }, cut.pieces);
}
