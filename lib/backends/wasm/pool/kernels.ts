import type { TensorInfo } from "@tensorflow/tfjs";
import { scratchSlot } from "../linking/scratch.ts";
import { sizeOf } from "../runtime/check_inputs.ts";
import type { Geometry as Pool } from "../windows/geometry.ts";
import { poolGeometry } from "../windows/pool_geometry.ts";
import type { Host } from "../runtime/host.ts";
import { type WasmKernel, wasmKernel } from "../runtime/kernel.ts";
import { tabulateCoverings, tabulateWindows } from "./spans.ts";
import { poolImages, type PoolWork } from "./images.ts";
import { cutByValues } from "../runtime/row_pieces.ts";

/**
 * Pooling: tfjs's `MaxPool`, `AvgPool` and their gradients, and the L2 pooling of
 * NN2 (`L2Pool`, `L2PoolGrad`, not part of tfjs; see lib/nn2/layers/l2_pooling.ts).
 */
export const poolingKernels: WasmKernel[] = [
  forward("MaxPool", "maxPool"),
  forward("AvgPool", "averagePool"),
  forward("L2Pool", "l2Pool"),
  backward("MaxPoolGrad", "maxPoolGradient"),
  backward("AvgPoolGrad", "averagePoolGradient"),
  backward("L2PoolGrad", "l2PoolGradient"),
];

type Pass = PoolWork["pass"];

/** `{x}` → y, the pooled images. */
function forward(kernelName: string, pass: Pass): WasmKernel {
  return wasmKernel(kernelName, ({ host, take, attributes }) => {
    const x = take("x");
    const pool = poolGeometry(kernelName, x.shape, attributes);
    const y = host.output(pool.outShape);
    pooled(host, pool, pass, { x, y });
    return y;
  });
}

/**
 * `{dy, input, output}` → the gradient in the input. Average pooling needs no
 * output, and has it as tfjs has on all backends: each pixel of a window gets an
 * equal part of the gradient, and so do those beside the image.
 */
function backward(kernelName: string, pass: Pass): WasmKernel {
  return wasmKernel(kernelName, ({ host, take, attributes }) => {
    const [x, dy] = [take("input"), take("dy")];
    const needsOutput = pass !== "averagePoolGradient";
    const y = needsOutput ? take("output", dy.shape) : dy;
    const pool = poolGeometry(kernelName, x.shape, attributes, dy.shape);
    const dx = host.output(pool.inShape);
    pooled(host, pool, pass, { x, dx, y, dy });
    return dx;
  });
}

/** Does a pass over all images, some of them at a time. */
function pooled(
  host: Host,
  pool: Pool,
  pass: Pass,
  tensors: { x: TensorInfo; y: TensorInfo; dx?: TensorInfo; dy?: TensorInfo },
): void {
  const at = (name: keyof typeof tensors) =>
    tensors[name] ? host.addressOf(tensors[name]) : 0;
  const isGather = pass === "averagePoolGradient" || pass === "l2PoolGradient";
  const input = sizeOf(pool.inShape.slice(1));
  const output = sizeOf(pool.outShape.slice(1));
  const window = pool.filterHeight * pool.filterWidth;
  const cut = cutByValues(pool.batchSize, input + output * window / 2);
  host.parallel(poolImages, {
    pass,
    grid: (isGather ? tabulateCoverings : tabulateWindows)(host, pool),
    inputBytes: input * 4,
    outputBytes: output * 4,
    divisors: copiesOf(host, window, pool.inChannels),
    x: at("x"),
    dx: at("dx"),
    y: at("y"),
    dy: at("dy"),
    ...cut,
  }, cut.pieces);
}

const divisorSlot = scratchSlot("divisors of average pooling");

/** The address of so many copies of a number. */
function copiesOf(host: Host, value: number, count: number): number {
  const address = host.scratch(divisorSlot, count * 4);
  host.floats().fill(value, address / 4, address / 4 + count);
  return address;
}
