import type { Shader } from "../runtime/shader.ts";
import type { ConvolutionVariant } from "./convolution_code.ts";

/** A shader for each variant of a convolution, made when it is first asked for. */
export function forVariants<S extends Shader>(
  shaderOf: (variant: ConvolutionVariant) => S,
): (variant: ConvolutionVariant) => S {
  const made = new Map<string, S>();
  return (variant) => {
    const { lanesIn, lanesOut, isPadded } = variant;
    const key = `${lanesIn} ${lanesOut} ${isPadded}`;
    const known = made.get(key) ?? shaderOf(variant);
    made.set(key, known);
    return known;
  };
}
