import type { TensorInfo } from "@tensorflow/tfjs";
import { accumulate, type Pass } from "./pass.ts";

/** Images side by side in their channels. */
export const concatenationPass: Pass = (parts, workspace) => {
  const sizes = parts.map(({ shape }) => shape[3]!);
  const join = (parts: readonly TensorInfo[]) =>
    workspace.call("Concat", parts, { axis: 3 })[0]!;
  return {
    outputs: [join(parts)],
    needs: [],
    recompute: (_, inputOf) => join(sizes.map((_, i) => inputOf(i))),
    backward([dy], { sumOf }) {
      const attributes = { numOrSizeSplits: sizes, axis: 3 };
      const gradients = workspace.call("SplitV", { x: dy! }, attributes);
      workspace.free(dy!);
      return {
        inputs: gradients.map((dx, i) => accumulate(workspace, sumOf(i), dx)),
      };
    },
  };
};
