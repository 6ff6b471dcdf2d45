import type { KernelConfig, TensorInfo } from "@tensorflow/tfjs";
import type { BatchMoments } from "./batch_moments.ts";
import { hostOf, type WasmBackend } from "./host.ts";
import { measureMoments } from "./measured_moments.ts";
import {
  convolvePixels,
  filterGradients,
  pixelGradients,
} from "./pointwise.ts";
import { share } from "./sharing.ts";

/** What `PointwiseMoments` is told. */
export interface PointwiseMomentsAttributes {
  /** Gets the moments of each result, of this thread's part of the batch. */
  take(moments: BatchMoments[]): void;
}

/**
 * Several 1×1 convolutions of the same images, which are not part of tfjs. Inputs
 * with a number are one for each convolution, from 0.
 *
 * - `PointwiseMoments`: `{x, filter0, …}` → the results.
 * - `PointwiseBackpropInput`: `{dy0, …, filter0, …}` → their gradient in x, or, with
 *   `sum` among the inputs, that one after the gradient was added to it in place.
 * - `PointwiseBackpropFilter`: `{x, dy0, …}` → the gradients in the filters.
 */
export const pointwiseKernels: KernelConfig[] = [
  {
    kernelName: "PointwiseMoments",
    backendName: "wasm",
    kernelFunc({ inputs, attrs, backend }) {
      const host = hostOf(backend as WasmBackend);
      const filters = numbered(inputs, "filter");
      const measured = filters.map(({ shape }, i) =>
        measureMoments(host, shape[3]!, i)
      );
      const finishes = measured.map(({ finish }) => finish);
      const results = convolvePixels(host, inputs.x!, filters, finishes);
      const { take } = attrs as unknown as PointwiseMomentsAttributes;
      take(measured.map(({ moments }) => moments()));
      return results;
    },
  },
  {
    kernelName: "PointwiseBackpropInput",
    backendName: "wasm",
    kernelFunc({ inputs, backend }) {
      const { sum } = inputs;
      const dx = pixelGradients(
        hostOf(backend as WasmBackend),
        numbered(inputs, "dy"),
        numbered(inputs, "filter"),
        sum,
      );
      return sum ? share(sum, backend as WasmBackend) : dx;
    },
  },
  {
    kernelName: "PointwiseBackpropFilter",
    backendName: "wasm",
    kernelFunc: ({ inputs, backend }) =>
      filterGradients(
        hostOf(backend as WasmBackend),
        inputs.x!,
        numbered(inputs, "dy"),
      ),
  },
];

/** The inputs name0, name1, … */
function numbered(
  inputs: Record<string, TensorInfo | undefined>,
  name: string,
): TensorInfo[] {
  const found: TensorInfo[] = [];
  for (let i = 0;; i++) {
    const input = inputs[`${name}${i}`];
    if (!input) return found;
    found.push(input);
  }
}
