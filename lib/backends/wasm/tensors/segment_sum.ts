import { shown } from "../../../numeric/refuse.ts";
import { any, isCount, refuseKernel, sizeOf } from "../runtime/check_inputs.ts";
import { type WasmKernel, wasmKernel } from "../runtime/kernel.ts";
import { cutByValues } from "../runtime/row_pieces.ts";
import { sumSegments } from "./sum_segments.ts";

/**
 * tfjs's `UnsortedSegmentSum`, which its 'wasm' backend lacks: the gradient of
 * `tf.gather`, and so of an embedding layer. As in TensorFlow, whole numbers stay
 * whole, and what is not a number stays in its segment.
 */
export const segmentSumKernel: WasmKernel = wasmKernel(
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
    const columns = sizeOf(shape.slice(1));
    const [count] = ids.shape as [number];
    // Each piece looks at all ids.
    const least = 1 + Math.floor(count / (1 + columns));
    const cut = cutByValues(numSegments, columns, least);
    host.parallel(sumSegments, {
      isFloat: dtype === "float32",
      x: host.addressOf(x, dtype),
      ids: host.addressOf(ids, "int32"),
      count,
      columns,
      sums: host.addressOf(sums, dtype),
      ...cut,
    }, cut.pieces);
    return sums;
  },
);
