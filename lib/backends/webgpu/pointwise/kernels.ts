import { refuse } from "../../../numeric/refuse.ts";
import { any, type WebGpuKernel, webGpuKernel } from "../runtime/kernel.ts";
import { share } from "../runtime/share.ts";
import { pointwiseFilterGradient } from "../conv/pointwise_filter_gradient.ts";
import { pointwiseInputGradient } from "../conv/pointwise_input_gradient.ts";
import { takeAll } from "./take_all.ts";

/**
 * The gradients of several 1×1 convolutions of the same images, which are not part of
 * tfjs. Inputs with a number are one for each convolution, from 0.
 *
 * - `PointwiseBackpropFilter`: `{x, dy0, …}` → the gradients in the filters.
 * - `PointwiseBackpropInput`: `{dy0, …, filter0, …}` → their gradient in x, or, with
 *   `sum` among the inputs, that one after the gradient was added to it in place.
 */
export const pointwiseGradientKernels: WebGpuKernel[] = [
  webGpuKernel("PointwiseBackpropFilter", (call) => {
    const x = call.take("x", [any, any, any, any]);
    const dys = takeAll(call, "dy", [...x.shape.slice(0, 3), any]);
    return dys.map((dy) => pointwiseFilterGradient(call, x, dy));
  }),
  webGpuKernel("PointwiseBackpropInput", (call) => {
    const { backend, name, take } = call;
    const channels = call.take("filter0", [1, 1, any, any]).shape[2]!;
    const pixels = call.take("dy0", [any, any, any, any]).shape.slice(0, 3);
    const filters = takeAll(call, "filter", [1, 1, channels, any]);
    const dys = takeAll(call, "dy", [...pixels, any]);
    if (dys.length !== filters.length) {
      refuse(
        `run ${name} on the webgpu backend`,
        `${filters.length} gradients`,
        `${dys.length}`,
      );
    }
    filters.forEach((filter, i) =>
      take(`dy${i}`, [...pixels, filter.shape[3]!])
    );
    const shape = [...pixels, channels];
    const sum = call.takeOptional("sum", shape);
    const dx = sum ? share(backend, sum) : call.output(shape);
    const terms = filters.map((filter, i) => ({ filter, dy: dys[i]! }));
    pointwiseInputGradient(backend, terms, dx, sum !== undefined);
    return dx;
  }),
];
