import * as tf from "@tensorflow/tfjs";
import { momentsOfBatch } from "./batch_moments.ts";
import { createChannelSums } from "./channel_sums.ts";
import { channelParts, channelView, layout } from "./channels.ts";
import { conv2d } from "./conv2d.ts";
import { type Host, hostOf, type WasmBackend } from "./host.ts";
import { normalizationGradientKernel } from "./normalization_gradient.ts";

/**
 * A convolution with batch normalization and a ReLU, for training and inference,
 * and the part of its gradient before the convolution's. Not part of tfjs; see
 * lib/nn2/normalized_conv2d_passes.ts, which has the same from its operations.
 */
export const normalizedConvolutionKernels: tf.KernelConfig[] = [
  {
    kernelName: "NormalizedConv2DTraining",
    backendName: "wasm",
    kernelFunc: ({ inputs, attrs, backend }) =>
      train(
        hostOf(backend as WasmBackend),
        inputs as unknown as Inputs<"x" | Weight>,
        attrs as unknown as TrainingAttributes,
      ),
  },
  {
    kernelName: "NormalizedConv2DInference",
    backendName: "wasm",
    kernelFunc: ({ inputs, attrs, backend }) =>
      infer(
        hostOf(backend as WasmBackend),
        inputs as unknown as Inputs<"x" | Weight>,
        attrs as unknown as Attributes,
      ),
  },
  normalizationGradientKernel,
];

/** Rows whose mean stands for that of all. */
const sampleRows = 1024;

type Inputs<Name extends string> = Record<Name, tf.TensorInfo>;
type Weight =
  | "filter"
  | "bias"
  | "gamma"
  | "beta"
  | "movingMean"
  | "movingVariance";

interface Attributes {
  strides: number;
  epsilon: number;
}
interface TrainingAttributes extends Attributes {
  momentum: number;
}

/**
 * `{x, and the weights}` → `[y, z, constants, movingMean, movingVariance]`: z is the
 * convolution without its bias, and the constants `[4, filters]` are the mean, the
 * inverse deviation, the scale and beta of y = relu((z − mean) · scale + beta).
 */
function train(
  host: Host,
  inputs: Inputs<"x" | Weight>,
  { strides, epsilon, momentum }: TrainingAttributes,
): tf.TensorInfo[] {
  const { x, filter } = inputs;
  const filters = filter.shape[3]!;
  const rowBytes = filters * 4;
  const pivot = host.scratch("channel constants", rowBytes);
  host.floats().fill(0, pivot / 4, pivot / 4 + filters);
  const { totals, add } = createChannelSums(host, filters, 2);
  const addMoments = (address: number, rows: number, to: typeof add) =>
    to(rows, (row, count, addresses) => {
      const start = address + row * rowBytes;
      host.call.channelMoments!(start, pivot, count, filters, ...addresses);
    });
  let first = true;
  const takeMoments = (address: number, rows: number) => {
    // The sums are of differences from about the mean: E[z²] − E[z]² of the
    // values themselves would cancel where the mean is large. It is that of the
    // first rows, as a single pixel may be an outlier, found from a pixel, so
    // that it is exact where all are the same.
    if (first) {
      host.call.copyRows!(address, 0, pivot, 0, rowBytes, 1);
      const sample = createChannelSums(host, filters, 2);
      const count = Math.min(rows, sampleRows);
      addMoments(address, count, sample.add);
      const floats = host.floats();
      sample.totals[0]!.forEach((sum, c) =>
        floats[pivot / 4 + c]! += sum / count
      );
    }
    first = false;
    addMoments(address, rows, add);
  };
  const info = geometry(x, filter, strides);
  const z = conv2d(host, x, filter, info, takeMoments);

  const y = host.output(z.shape);
  const constants = host.output([4, filters]);
  const moved = [host.output([filters]), host.output([filters])] as const;

  const { rows } = layout(z);
  const [mean, inverse, scale, beta] = channelParts(
    host.addressOf(constants),
    filters,
  );
  const [sums, squares] = totals as [Float64Array, Float64Array];
  const floats = host.floats();
  const of = (name: Weight) => channelView(host, inputs[name], filters);
  const [bias, gamma] = [of("bias"), of("gamma")];
  const [movingMean, movingVariance] = [of("movingMean"), of("movingVariance")];
  const [movedMean, movedVariance] = moved.map((tensor) =>
    channelView(host, tensor, filters)
  ) as [Float32Array, Float32Array];
  floats.set(of("beta"), beta / 4);
  const part = { mean: sums, variance: squares };
  for (let c = 0; c < filters; c++) {
    const shift = sums[c]! / Math.max(1, rows);
    const square = squares[c]! / Math.max(1, rows);
    part.mean[c] = floats[pivot / 4 + c]! + shift;
    part.variance[c] = Math.max(0, square - shift * shift);
  }
  const batch = momentsOfBatch(rows, part);
  for (let c = 0; c < filters; c++) {
    const average = batch.mean[c]!;
    const variance = batch.variance[c]!;
    const deviation = Math.sqrt(variance + epsilon);
    floats[mean / 4 + c] = average;
    floats[inverse / 4 + c] = 1 / deviation;
    floats[scale / 4 + c] = gamma[c]! / deviation;
    movedMean[c] = momentum * movingMean[c]! +
      (1 - momentum) * (average + bias[c]!);
    movedVariance[c] = momentum * movingVariance[c]! +
      (1 - momentum) * variance;
  }
  host.call.rectifiedScaleShift!(
    host.addressOf(z),
    mean,
    scale,
    beta,
    host.addressOf(y),
    rows,
    filters,
  );
  return [y, z, constants, ...moved];
}

/** `{x, and the weights}` → y, by the moving statistics. */
function infer(
  host: Host,
  inputs: Inputs<"x" | Weight>,
  { strides, epsilon }: Attributes,
): tf.TensorInfo {
  const { x, filter } = inputs;
  const filters = filter.shape[3]!;
  const of = (name: Weight) => channelView(host, inputs[name], filters);
  const table = host.scratch("channel constants", 2 * filters * 4);
  const [mean, scale] = channelParts(table, filters);
  const floats = host.floats();
  const [bias, gamma] = [of("bias"), of("gamma")];
  const [movingMean, movingVariance] = [of("movingMean"), of("movingVariance")];
  for (let c = 0; c < filters; c++) {
    floats[mean / 4 + c] = movingMean[c]! - bias[c]!;
    floats[scale / 4 + c] = gamma[c]! / Math.sqrt(movingVariance[c]! + epsilon);
  }
  const beta = host.addressOf(inputs.beta);
  const info = geometry(x, filter, strides);
  return conv2d(host, x, filter, info, (y, rows) => {
    host.call.rectifiedScaleShift!(y, mean, scale, beta, y, rows, filters);
  });
}

function geometry(
  x: tf.TensorInfo,
  filter: tf.TensorInfo,
  strides: number,
): tf.backend_util.Conv2DInfo {
  return tf.backend_util.computeConv2DInfo(
    x.shape as [number, number, number, number],
    filter.shape as [number, number, number, number],
    strides,
    1,
    "same",
  );
}
