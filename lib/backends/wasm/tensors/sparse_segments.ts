import type { KernelConfig } from "@tensorflow/tfjs";
import { any } from "../runtime/check_inputs.ts";
import { callOf } from "../runtime/kernel.ts";
import { override } from "../runtime/override.ts";

/**
 * tfjs's own `SparseSegmentSum` and `SparseSegmentMean`, with a segment for each
 * index: they look at everything but that, and read on where there is no more.
 */
export const sparseSegmentKernels: KernelConfig[] = [
  "SparseSegmentSum",
  "SparseSegmentMean",
].map((name) =>
  override(name, (inputs, attrs, backend) => {
    const { take } = callOf(name, inputs, attrs, backend);
    const { shape } = take("indices", [any], "int32");
    take("segmentIds", shape, "int32");
    const { shape: [, ...row] = [], dtype } = inputs.data ?? {};
    take("data", [any, ...row], dtype);
    return undefined;
  })
);
