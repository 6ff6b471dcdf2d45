import * as tf from "@tensorflow/tfjs";
import { createChannelSums } from "./channel_sums.ts";
import { channelView } from "./channels.ts";
import { hostOf } from "./host.ts";
import { override } from "./override.ts";

/**
 * tfjs's `Concat` and `SplitV` (the gradient of a concatenation) as copies of
 * rows inside WebAssembly, and `Sum` over leading axes (the gradient of a bias)
 * without a transposition. What they do not cover goes to the kernels of tfjs.
 */
export const joiningKernels: tf.KernelConfig[] = [
  override("Concat", (inputs, attrs, backend) => {
    const parts = (Object.values(inputs) as tf.TensorInfo[])
      .filter((part) => size(part.shape) > 0);
    const { axis } = attrs as { axis: number };
    if (parts.length === 0 || !parts.every(isFloat)) return undefined;
    const at = tf.util.parseAxisParam(axis, parts[0]!.shape)[0]!;
    const shapes = parts.map(({ shape }) => shape);
    tf.backend_util.assertParamsConsistent(shapes, at);
    const host = hostOf(backend);
    const outShape = tf.backend_util.computeOutShape(shapes, at);
    const out = host.output(outShape);
    const rows = size(outShape.slice(0, at));
    const rowBytes = size(outShape.slice(at)) * 4;
    let target = host.addressOf(out);
    for (const part of parts) {
      const bytes = size(part.shape.slice(at)) * 4;
      host.call.copyRows!(
        host.addressOf(part),
        bytes,
        target,
        rowBytes,
        bytes,
        rows,
      );
      target += bytes;
    }
    return out;
  }),
  override("SplitV", (inputs, attrs, backend) => {
    const x = inputs.x!;
    const { numOrSizeSplits, axis } = attrs as {
      numOrSizeSplits: number[] | number;
      axis: number;
    };
    if (!isFloat(x) || size(x.shape) === 0) return undefined;
    const at = tf.util.parseAxisParam(axis, x.shape)[0]!;
    const sizes = tf.backend_util.prepareSplitSize(
      // Only the shape is used, which a TensorInfo has as well.
      x as tf.Tensor,
      numOrSizeSplits,
      at,
    );
    if (sizes.includes(0)) return undefined;
    const host = hostOf(backend);
    const rows = size(x.shape.slice(0, at));
    const rowBytes = size(x.shape.slice(at)) * 4;
    let source = host.addressOf(x);
    return sizes.map((length) => {
      const part = host.output(x.shape.with(at, length));
      const bytes = length * size(x.shape.slice(at + 1)) * 4;
      host.call.copyRows!(
        source,
        rowBytes,
        host.addressOf(part),
        bytes,
        bytes,
        rows,
      );
      source += bytes;
      return part;
    });
  }),
  override("Sum", (inputs, attrs, backend) => {
    const x = inputs.x!;
    const { axis, keepDims } = attrs as {
      axis: number | number[];
      keepDims: boolean;
    };
    const axes = tf.util.parseAxisParam(axis, x.shape).toSorted((a, b) =>
      a - b
    );
    const leading = axes.every((axis, i) => axis === i);
    const columns = size(x.shape.slice(axes.length));
    const rows = size(x.shape.slice(0, axes.length));
    if (!isFloat(x) || !leading || columns === 1 || rows * columns === 0) {
      return undefined;
    }
    const host = hostOf(backend);
    const kept = keepDims ? axes.map(() => 1) : [];
    const sums = host.output([...kept, ...x.shape.slice(axes.length)]);
    const source = host.addressOf(x);
    const { totals: [total], add } = createChannelSums(host, columns, 1);
    add(rows, (first, count, addresses) =>
      host.call.channelSums!(
        source + first * columns * 4,
        count,
        columns,
        ...addresses,
      ));
    channelView(host, sums, columns).set(total!);
    return sums;
  }),
];

const size = (shape: number[]) => shape.reduce((a, b) => a * b, 1);
const isFloat = ({ dtype }: tf.TensorInfo) => dtype === "float32";
