import { any } from "../runtime/check_inputs.ts";
import { checkedKernel, type WasmKernel } from "../runtime/kernel.ts";

/**
 * tfjs's own `SparseSegmentSum` and `SparseSegmentMean`, with a segment for each
 * index: they look at everything but that, and read on where there is no more.
 */
export const sparseSegmentKernels: WasmKernel[] = [
  "SparseSegmentSum",
  "SparseSegmentMean",
].map((name) =>
  checkedKernel(name, ({ inputs, take }) => {
    const { shape } = take("indices", [any], "int32");
    take("segmentIds", shape, "int32");
    const { shape: [, ...row] = [], dtype } = inputs.data ?? {};
    take("data", [any, ...row], dtype);
  })
);
