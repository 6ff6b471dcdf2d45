import { accumulate, atOnce, type LayerPass } from "./layer_pass.ts";

/** Images side by side in their channels. */
export const concatenationPass: LayerPass = (parts, memory) =>
  atOnce(() => {
    const sizes = parts.map(({ shape }) => shape[3]!);
    const [output] = memory.call("Concat", parts, { axis: 3 });
    return {
      outputs: [output!],
      keeps: [],
      backward: ([dy], sumOf) =>
        atOnce(() => {
          const attributes = { numOrSizeSplits: sizes, axis: 3 };
          const gradients = memory.call("SplitV", { x: dy! }, attributes);
          memory.free(dy!);
          return {
            inputs: gradients.map((dx, i) => accumulate(memory, sumOf(i), dx)),
          };
        }),
    };
  });
