import { any, type WebGpuKernel, webGpuKernel } from "../runtime/kernel.ts";
import { share } from "../runtime/share.ts";
import { filterGradient } from "./filter_gradient.ts";
import { inputGradient } from "./input_gradient.ts";
import { pointwiseFilterGradient } from "./pointwise_filter_gradient.ts";
import { pointwiseInputGradient } from "./pointwise_input_gradient.ts";
import { isPlain, isPointwise, windowsOf } from "./windows.ts";

const anyImages = [any, any, any, any];

/**
 * The gradients of tfjs's convolution. Not tfjs's: where `Conv2DBackpropInput` has a
 * `sum` among its inputs, the gradient is added to it in place, and the result has its
 * memory.
 */
export const convolutionGradientKernels: WebGpuKernel[] = [
  webGpuKernel("Conv2DBackpropFilter", (call) => {
    const [x, dy] = [call.take("x", anyImages), call.take("dy", anyImages)];
    const { filterShape } = call.attributes as { filterShape: number[] };
    const windows = windowsOf(
      call.name,
      x.shape,
      filterShape,
      call.attributes,
      dy.shape,
    );
    return isPointwise(windows)
      ? pointwiseFilterGradient(call, x, dy)
      : filterGradient(call, x, dy, windows);
  }, isPlain),
  webGpuKernel("Conv2DBackpropInput", (call) => {
    const dy = call.take("dy", anyImages);
    const filter = call.take("filter", anyImages);
    const { inputShape } = call.attributes as { inputShape: number[] };
    const windows = windowsOf(
      call.name,
      inputShape,
      filter.shape,
      call.attributes,
      dy.shape,
    );
    const sum = call.takeOptional("sum", inputShape);
    const dx = sum ? share(call.backend, sum) : call.output(inputShape);
    const adds = sum !== undefined;
    if (isPointwise(windows)) {
      pointwiseInputGradient(call.backend, [{ dy, filter }], dx, adds);
    } else {
      inputGradient(call.backend, { dy, filter, dx }, windows, adds);
    }
    return dx;
  }, isPlain),
];
