import { accumulate, atOnce, type LayerPass } from "./layer_pass.ts";

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
  return ([x], memory) =>
    atOnce(() => {
      const [output] = memory.call(kernel, { x: x! }, windows);
      return {
        outputs: [output!],
        keeps: [x!, output!],
        backward: ([dy], sumOf) =>
          atOnce(() => {
            const inputs = { dy: dy!, input: x!, output: output! };
            const [dx] = memory.call(`${kernel}Grad`, inputs, windows);
            memory.free(dy!);
            return { inputs: [accumulate(memory, sumOf(0), dx!)] };
          }),
      };
    });
}
