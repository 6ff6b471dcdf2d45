import { accumulate, type LayerPass } from "./layer_pass.ts";

/** Images side by side in their channels. */
export const concatenationPass: LayerPass = (parts, memory) => {
  const sizes = parts.map(({ shape }) => shape[3]!);
  const [output] = memory.call("Concat", parts, { axis: 3 });
  return {
    outputs: [output!],
    needs: [],
    again(_, inputOf) {
      const parts = sizes.map((_, i) => inputOf(i));
      return memory.call("Concat", parts, { axis: 3 })[0]!;
    },
    backward([dy], { sumOf }) {
      const attributes = { numOrSizeSplits: sizes, axis: 3 };
      const gradients = memory.call("SplitV", { x: dy! }, attributes);
      memory.free(dy!);
      return {
        inputs: gradients.map((dx, i) => accumulate(memory, sumOf(i), dx)),
      };
    },
  };
};
