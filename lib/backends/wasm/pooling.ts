import type {
  KernelConfig,
  NamedTensorInfoMap,
  TensorInfo,
} from "@tensorflow/tfjs";
import { type Host, hostOf, type WasmBackend } from "./host.ts";
import {
  type Pool,
  poolGeometry,
  tabulateCoverings,
  tabulateWindows,
} from "./pool_spans.ts";

/**
 * Pooling: tfjs's `MaxPool` and `MaxPoolGrad`, faster, and the L2 pooling of NN2
 * (`L2Pool`, `L2PoolGrad`, not part of tfjs; see lib/nn2/l2_pooling.ts).
 */
export const poolingKernels: KernelConfig[] = [
  kernel("MaxPool", (host, { x }, pool) => pooled(host, "maxPool", x!, pool)),
  kernel("MaxPoolGrad", maxPoolGradient),
  kernel("L2Pool", (host, { x }, pool) => pooled(host, "l2Pool", x!, pool)),
  kernel("L2PoolGrad", l2PoolGradient),
];

function kernel(
  kernelName: string,
  run: (host: Host, inputs: NamedTensorInfoMap, pool: Pool) => TensorInfo,
): KernelConfig {
  return {
    kernelName,
    backendName: "wasm",
    kernelFunc({ inputs, attrs, backend }) {
      const { shape } = (inputs.input ?? inputs.x)!;
      const pool = poolGeometry(shape, attrs, inputs.output?.shape);
      return run(hostOf(backend as WasmBackend), inputs, pool);
    },
  };
}

function pooled(
  host: Host,
  name: "maxPool" | "l2Pool",
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
