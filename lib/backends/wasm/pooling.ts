import type {
  KernelConfig,
  NamedTensorInfoMap,
  TensorInfo,
} from "@tensorflow/tfjs";
import { type Geometry as Pool, poolGeometry } from "./geometry.ts";
import type { Host } from "./host.ts";
import { wasmKernel } from "./kernel.ts";
import { tabulateCoverings, tabulateWindows } from "./pool_spans.ts";

/**
 * Pooling: tfjs's `MaxPool`, `AvgPool` and their gradients, and the L2 pooling of
 * NN2 (`L2Pool`, `L2PoolGrad`, not part of tfjs; see lib/nn2/l2_pooling.ts).
 */
export const poolingKernels: KernelConfig[] = [
  forward("MaxPool", "maxPool"),
  forward("AvgPool", "averagePool"),
  forward("L2Pool", "l2Pool"),
  backward("MaxPoolGrad", true, maxPoolGradient),
  backward("AvgPoolGrad", false, averagePoolGradient),
  backward("L2PoolGrad", true, l2PoolGradient),
];

/** `{x}` → y, the pooled images. */
function forward(
  kernelName: string,
  name: "maxPool" | "averagePool" | "l2Pool",
): KernelConfig {
  return wasmKernel(kernelName, ({ host, take, attributes }) => {
    const x = take("x");
    return pooled(host, name, x, poolGeometry(kernelName, x.shape, attributes));
  });
}

/**
 * `{dy, input, output}` → the gradient in the input.
 *
 * @param needsOutput Whether it is given the pooled images; else they have the
 * shape of their gradient.
 */
function backward(
  kernelName: string,
  needsOutput: boolean,
  run: (host: Host, inputs: NamedTensorInfoMap, pool: Pool) => TensorInfo,
): KernelConfig {
  return wasmKernel(kernelName, ({ host, take, attributes }) => {
    const [input, dy] = [take("input"), take("dy")];
    const output = needsOutput ? take("output", dy.shape) : dy;
    const pool = poolGeometry(kernelName, input.shape, attributes, dy.shape);
    return run(host, { dy, input, output }, pool);
  });
}

function pooled(
  host: Host,
  name: "maxPool" | "averagePool" | "l2Pool",
  x: TensorInfo,
  pool: Pool,
): TensorInfo {
  const grid = tabulateWindows(host, pool);
  const from = host.addressOf(x);
  const y = host.output(pool.outShape);
  const to = host.addressOf(y);
  eachImage(pool, (input, output) => {
    host.call[name]!(from + input, to + output, ...grid);
  });
  return y;
}

function maxPoolGradient(
  host: Host,
  inputs: NamedTensorInfoMap,
  pool: Pool,
): TensorInfo {
  const grid = tabulateWindows(host, pool);
  const { x, y, dy } = addresses(host, inputs);
  const dx = host.output(pool.inShape);
  const to = host.addressOf(dx);
  const floats = host.floats();
  eachImage(pool, (input, output, inputBytes) => {
    // Image by image, so that the zeros are still in the cache.
    const start = (to + input) / 4;
    floats.fill(0, start, start + inputBytes / 4);
    host.call.maxPoolGradient!(
      x + input,
      to + input,
      y + output,
      dy + output,
      ...grid,
    );
  });
  return dx;
}

function l2PoolGradient(
  host: Host,
  inputs: NamedTensorInfoMap,
  pool: Pool,
): TensorInfo {
  const grid = tabulateCoverings(host, pool);
  const size = pool.outHeight * pool.outWidth * pool.inChannels;
  const quotients = host.scratch("pool quotients", size * 4);
  const { x, y, dy } = addresses(host, inputs);
  const dx = host.output(pool.inShape);
  const to = host.addressOf(dx);
  eachImage(pool, (input, output) => {
    host.call.quotients!(dy + output, y + output, quotients, size);
    host.call.l2PoolGradient!(quotients, x + input, to + input, ...grid);
  });
  return dx;
}

/**
 * As tfjs has it on all backends: each pixel of a window gets an equal part of the
 * gradient, and so do those beside the image.
 */
function averagePoolGradient(
  host: Host,
  { dy }: NamedTensorInfoMap,
  pool: Pool,
): TensorInfo {
  const grid = tabulateCoverings(host, pool);
  const size = pool.inHeight * pool.inWidth * pool.inChannels;
  const pixels = host.scratch("pool divisors", size * 4);
  const from = host.addressOf(dy!);
  const dx = host.output(pool.inShape);
  const to = host.addressOf(dx);
  const window = pool.filterHeight * pool.filterWidth;
  host.floats().fill(window, pixels / 4, pixels / 4 + size);
  eachImage(pool, (input, output) => {
    host.call.sumPool!(from + output, to + input, ...grid);
    host.call.quotients!(to + input, pixels, to + input, size);
  });
  return dx;
}

function addresses(host: Host, { input, output, dy }: NamedTensorInfoMap) {
  return {
    x: host.addressOf(input!),
    y: host.addressOf(output!),
    dy: host.addressOf(dy!),
  };
}

/** Visits where each image begins in the input and in the output, in bytes. */
function eachImage(
  pool: Pool,
  visit: (input: number, output: number, inputBytes: number) => void,
): void {
  const pixelBytes = pool.inChannels * 4;
  const inputBytes = pool.inHeight * pool.inWidth * pixelBytes;
  const outputBytes = pool.outHeight * pool.outWidth * pixelBytes;
  for (let image = 0; image < pool.batchSize; image++) {
    visit(image * inputBytes, image * outputBytes, inputBytes);
  }
}
