import { accumulate, type LayerPass } from "./layer_pass.ts";

/** How windows lie, as tfjs's kernels are told. */
export interface Windows {
  filterSize: number | number[];
  strides: number | number[];
  pad: string;
}

/** Pooling by the maximum, or by the Euclidean norm. */
export function poolingPass(
  kernel: "MaxPool" | "L2Pool",
  windows: Windows,
): LayerPass {
  return ([x], memory) => {
    const [output] = memory.call(kernel, { x: x! }, windows);
    return {
      outputs: [output!],
      needs: ["inputs", "outputs"],
      backward([dy], { inputOf, outputOf, sumOf }) {
        const inputs = { dy: dy!, input: inputOf(0), output: outputOf(0) };
        const [dx] = memory.call(`${kernel}Grad`, inputs, windows);
        memory.free(dy!);
        return { inputs: [accumulate(memory, sumOf(0), dx!)] };
      },
    };
  };
}
