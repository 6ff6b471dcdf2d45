import type { WindowSettings } from "../node.ts";
import { accumulate, type Pass } from "./pass.ts";

/** Pooling by the maximum, or by the Euclidean norm. */
export function poolingPass(
  kernel: "MaxPool" | "L2Pool",
  { size, stride }: WindowSettings,
): Pass {
  const windows = { filterSize: size, strides: stride, pad: "same" };
  return ([x], workspace) => {
    const [output] = workspace.call(kernel, { x: x! }, windows);
    return {
      outputs: [output!],
      needs: ["inputs", "outputs"],
      backward([dy], { inputOf, outputOf, sumOf }) {
        const inputs = { dy: dy!, input: inputOf(0), output: outputOf(0) };
        const [dx] = workspace.call(`${kernel}Grad`, inputs, windows);
        workspace.free(dy!);
        return { inputs: [accumulate(workspace, sumOf(0), dx!)] };
      },
    };
  };
}
