import type { ThreadKernels } from "../linking/thread_kernels.ts";
import type { Geometry } from "../windows/geometry.ts";
import { multiplyAdd } from "./functions.ts";
import type { PixelRun } from "./runs.ts";

/** The addresses of images, filters and outputs, or of their gradients. */
export interface DepthwisePass {
  info: Geometry;
  x: number;
  filter: number;
  y: number;
}

type Operand = "x" | "filter" | "y";

/** Bytes of a pixel of the images with copied channels, and of an output. */
export const pixelBytesOf = ({ outChannels }: Geometry) => outChannels * 4;

/** Adds the products of two operands to the third one, run by run. */
export function addProducts(
  kernels: ThreadKernels,
  { info, ...addresses }: DepthwisePass,
  a: Operand,
  b: Operand,
  sum: Operand,
): (run: PixelRun) => void {
  const pixelBytes = pixelBytesOf(info);
  const steps = { x: info.strideWidth * pixelBytes, filter: 0, y: pixelBytes };
  return ({ input, tap, output, count }) => {
    const first = { x: input, filter: tap, y: output };
    const at = (operand: Operand) =>
      addresses[operand] + first[operand] * pixelBytes;
    kernels.run(multiplyAdd, {
      a: at(a),
      aStep: steps[a],
      b: at(b),
      bStep: steps[b],
      sum: at(sum),
      sumStep: steps[sum],
      count,
      channels: info.outChannels,
    });
  };
}
