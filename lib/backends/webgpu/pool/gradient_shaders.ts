/**
 * The shaders of the pools' gradients. An invocation has elements of dx, and walks over
 * the windows that its pixel belongs to.
 *
 * @module
 */
import {
  elementOf,
  forLanes,
  type LaneCount,
  lanesCode,
} from "../runtime/lanes.ts";
import { forEachElement } from "../runtime/elements.ts";
import type { ElementType, Shader } from "../runtime/shader.ts";
import { place, poolConstants } from "./shaders.ts";

/** What a window gives a pixel. */
interface Share<Input extends string> {
  /** Besides dy, with the shape of the pool's results. */
  inputs: (lanes: LaneCount) => Readonly<Record<Input, ElementType>>;
  /** At `window`, where the pixel is at `down` and `across`, in WGSL. */
  share(lanes: LaneCount): string;
  /** What the sum of the shares is multiplied with. */
  factor?: string;
}

/** dx, the sum of what the windows give, and, if told so, of dx. */
const gradientShader = <Input extends string>(
  name: string,
  { inputs, share, factor }: Share<Input>,
) =>
  forLanes((lanes) =>
    ({
      name,
      inputs: { dy: elementOf[lanes], ...inputs(lanes) },
      outputs: { dx: elementOf[lanes] },
      constants: poolConstants,
      code: lanesCode[lanes] + firstWindow + forEachElement(`${place}
    let image = pixel / (constants.inWidth * constants.inHeight);
    let bottom = pixel / constants.inWidth % constants.inHeight + constants.top;
    let right = pixel % constants.inWidth + constants.left;
    let lastLine = min(bottom / constants.strideHeight, constants.outHeight - 1u);
    let lastPlace = min(right / constants.strideWidth, constants.outWidth - 1u);
    let firstPlace = firstWindow(right, constants.filterWidth, constants.strideWidth);
    var line = firstWindow(bottom, constants.filterHeight, constants.strideHeight);
    var sum = Value(0.0);
    for (; line <= lastLine; line++) {
      let down = bottom - line * constants.strideHeight;
      for (var place = firstPlace; place <= lastPlace; place++) {
        let across = right - place * constants.strideWidth;
        let window = ((image * constants.outHeight + line) * constants.outWidth + place) * constants.channels + channel;
        sum += ${share(lanes)};
      }
    }
    let gradient = sum${factor ? ` * ${factor}` : ""};
    if (constants.adds == 1u) { dx[i] += gradient; } else { dx[i] = gradient; }`),
    }) as const satisfies Shader
  );

const firstWindow = `
/** The first window along an axis that reaches a place, counted from its padding. */
fn firstWindow(at: u32, size: u32, stride: u32) -> u32 {
  return (max(at, size - 1u) - (size - 1u) + stride - 1u) / stride;
}
`;

/** The pixel where a window's maximum was found gets all of dy. */
export const maxPoolGradientShader = gradientShader("gradient of a max pool", {
  inputs: () => ({ positions: "u32" }),
  share(lanes) {
    const found = lanes === 4
      ? "(vec4(positions[window]) >> vec4(0u, 8u, 16u, 24u)) & vec4(255u)"
      : "positions[window]";
    const own = `${
      lanes === 4 ? "vec4" : "u32"
    }(down * constants.filterWidth + across)`;
    return `select(Value(0.0), dy[window], (${found}) == ${own})`;
  },
});

/** dx = x · Σ dy / y. */
export const l2PoolGradientShader = gradientShader("gradient of an L2 pool", {
  inputs: (lanes) => ({ x: elementOf[lanes], y: elementOf[lanes] }),
  share: () => "dy[window] / y[window]",
  factor: "x[i]",
});
