import type { KernelConfig, TensorInfo } from "@tensorflow/tfjs";
import { shown } from "../../numeric/refuse.ts";
import { any, isCount, refuseKernel, sizeOf } from "./check_inputs.ts";
import type { Host } from "./host.ts";
import { wasmKernel } from "./kernel.ts";

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
  const from = host.addressOf(x, dtype);
  const to = host.addressOf(sums, dtype);
  const values = dtype === "int32" ? host.integers() : host.floats();
  values.fill(0, to / 4, to / 4 + numSegments! * columns);
  const ids = host.addressOf(segmentIds, "int32") / 4;
  host.integers().subarray(ids, ids + count).forEach((id, i) => {
    // tfjs leaves out what belongs to no segment.
    if (id < 0 || id >= numSegments!) return;
    const [source, target] = [from + i * columns * 4, to + id * columns * 4];
    if (dtype === "float32") {
      host.call.channelSums!(source, 1, columns, target);
    } else {
      for (let c = 0; c < columns; c++) {
        values[target / 4 + c]! += values[source / 4 + c]!;
      }
    }
  });
}
