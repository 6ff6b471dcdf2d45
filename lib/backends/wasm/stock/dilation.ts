import { anyImages } from "../runtime/check_inputs.ts";
import { convolutionGeometry } from "../windows/convolution_geometry.ts";
import {
  type Call,
  checkedKernel,
  type WasmKernel,
} from "../runtime/kernel.ts";

/**
 * tfjs's own dilations (of morphology), with shapes that they can work with: they
 * read and write beyond their tensors where a filter does not fit into the images.
 */
export const dilationKernels: WasmKernel[] = [
  "Dilation2D",
  "Dilation2DBackpropInput",
  "Dilation2DBackpropFilter",
].map((name) => checkedKernel(name, checkDilation));

/** A dilation needs a filter that fits, for all channels. */
function checkDilation({ name, inputs, take, attributes }: Call): void {
  const { dtype } = inputs.x ?? {};
  const x = take("x", anyImages, dtype);
  const channels = x.shape[3]!;
  const sides = inputs.filter?.shape.slice(0, 2) ?? [];
  const filter = take("filter", [...sides, channels], dtype);
  const shape = [...filter.shape, 1];
  const info = convolutionGeometry(name, x.shape, shape, attributes);
  if (!name.includes("Backprop")) return;
  take("dy", info.outShape.with(3, channels), dtype);
}
