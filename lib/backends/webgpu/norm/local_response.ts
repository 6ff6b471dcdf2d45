import type { TensorInfo } from "@tensorflow/tfjs";
import { forEachElement, groupsFor } from "../runtime/elements.ts";
import {
  any,
  type Call,
  sizeOf,
  type WebGpuKernel,
  webGpuKernel,
} from "../runtime/kernel.ts";
import { launch } from "../runtime/launch.ts";
import type { Shader } from "../runtime/shader.ts";

/**
 * tfjs's normalization of local responses, `LRN`: y = x · norm^−β with
 * norm = bias + α Σ x² over the channels within a radius, and `LRNGrad`. Its own
 * gradient goes over all channels of a pixel in each of its threads.
 */
export const localResponseKernels: WebGpuKernel[] = [
  webGpuKernel("LRN", (call) => {
    const x = call.take("x", images);
    return launchEach(call, forward, { x }, { y: call.output(x.shape) });
  }),
  webGpuKernel("LRNGrad", (call) => {
    const x = call.take("x", images);
    const inputs = {
      x,
      y: call.take("y", x.shape),
      dy: call.take("dy", x.shape),
    };
    return launchEach(call, backward, inputs, { dx: call.output(x.shape) });
  }),
];

const images = [any, any, any, any];

const constants = {
  size: "u32",
  channels: "u32",
  depthRadius: "u32",
  bias: "f32",
  alpha: "f32",
  beta: "f32",
} as const;

/** The norm of a channel; its pixel begins at `first`. */
const opening = `
fn normOf(first: u32, channel: u32) -> f32 {
  var sum = 0.0;
  let end = min(constants.channels, channel + constants.depthRadius + 1u);
  for (var c = max(channel, constants.depthRadius) - constants.depthRadius; c < end; c++) {
    sum += x[first + c] * x[first + c];
  }
  return constants.bias + constants.alpha * sum;
}
`;

/** The first channel of the element's pixel, and its factor. */
const own = `
    let channel = i % constants.channels;
    let first = i - channel;
    let own = pow(normOf(first, channel), -constants.beta);
`;

const forward: Shader<string, string, keyof typeof constants> = {
  name: "normalization of local responses",
  inputs: { x: "f32" },
  outputs: { y: "f32" },
  constants,
  code: opening + forEachElement(`${own}
    y[i] = x[i] * own;`),
};

/** dx = dy · norm^−β − 2αβ x Σ dy · y / norm, over the channels that see this one. */
const backward: typeof forward = {
  name: "gradient of a normalization of local responses",
  inputs: { x: "f32", y: "f32", dy: "f32" },
  outputs: { dx: "f32" },
  constants,
  code: opening + forEachElement(`${own}
    var sum = 0.0;
    let end = min(constants.channels, channel + constants.depthRadius + 1u);
    for (var c = max(channel, constants.depthRadius) - constants.depthRadius; c < end; c++) {
      sum += dy[first + c] * y[first + c] / normOf(first, c);
    }
    dx[i] = dy[i] * own - 2.0 * constants.alpha * constants.beta * x[i] * sum;`),
};

function launchEach(
  { backend, attributes }: Call,
  shader: typeof forward,
  inputs: Record<string, TensorInfo>,
  outputs: Record<string, TensorInfo>,
): TensorInfo {
  const [output] = Object.values(outputs) as [TensorInfo];
  const size = sizeOf(output.shape);
  type Attributes = Record<"depthRadius" | "bias" | "alpha" | "beta", number>;
  launch(backend, shader, {
    inputs,
    outputs,
    constants: {
      ...attributes as Attributes,
      size,
      channels: output.shape[3]!,
    },
    workgroups: groupsFor(size),
  });
  return output;
}
