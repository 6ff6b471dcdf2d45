import type { TensorInfo } from "@tensorflow/tfjs";
import * as tf from "@tensorflow/tfjs";
import { groupsFor } from "../runtime/elements.ts";
import {
  type Call,
  sizeOf,
  type WebGpuKernel,
  webGpuKernel,
} from "../runtime/kernel.ts";
import { launch } from "../runtime/launch.ts";
import { joiningShaders, mostParts } from "./joining_shaders.ts";

/**
 * tfjs's `Concat` and `SplitV` (the gradient of a concatenation), of up to seven
 * parts, in one launch each.
 */
export const joiningKernels: WebGpuKernel[] = [
  webGpuKernel(
    "Concat",
    (call) => {
      const parts = Object.keys(call.inputs).map((name) => call.take(name));
      const shapes = parts.map(({ shape }) => shape);
      const [axis] = tf.util.parseAxisParam(axisOf(call), shapes[0]!) as [
        number,
      ];
      tf.backend_util.assertParamsConsistent(shapes, axis);
      const whole = call.output(tf.backend_util.computeOutShape(shapes, axis));
      copy(call, { whole, parts, axis, joins: true });
      return whole;
    },
    (_, inputs) => areCopied(Object.values(inputs), Object.keys(inputs).length),
  ),
  webGpuKernel("SplitV", (call) => {
    const whole = call.take("x");
    const [axis] = tf.util.parseAxisParam(axisOf(call), whole.shape) as [
      number,
    ];
    const { numOrSizeSplits } = call.attributes as {
      numOrSizeSplits: number[];
    };
    const sizes = tf.backend_util.prepareSplitSize(
      whole as tf.Tensor,
      numOrSizeSplits,
      axis,
    );
    const parts = sizes.map((size) =>
      call.output(whole.shape.with(axis, size))
    );
    copy(call, { whole, parts, axis, joins: false });
    return parts;
  }, (attributes, { x }) => {
    const { numOrSizeSplits } = attributes as { numOrSizeSplits: number[] };
    const sizes = [numOrSizeSplits].flat();
    return sizes.length > 1 && sizes.every((size) => size > 0) &&
      areCopied([x], sizes.length);
  }),
];

const axisOf = ({ attributes }: Call) =>
  (attributes as { axis: number | number[] }).axis;

/** Floats, none of them empty, of no more parts than a launch has. */
const areCopied = (tensors: (TensorInfo | undefined)[], parts: number) =>
  parts <= mostParts &&
  tensors.every((tensor) =>
    tensor?.dtype === "float32" && sizeOf(tensor.shape) > 0
  );

/** A tensor and its parts along an axis. */
interface Division {
  whole: TensorInfo;
  parts: TensorInfo[];
  axis: number;
  /** Whether the parts are copied into the whole, or it into them. */
  joins: boolean;
}

function copy(
  { backend }: Call,
  { whole, parts, axis, joins }: Division,
): void {
  const sizes = parts.map(({ shape }) => sizeOf(shape.slice(axis)));
  const lanes = sizes.every((size) => size % 4 === 0) ? 4 : 1;
  const size = sizeOf(whole.shape) / lanes;
  const constants: Record<string, number> = { size };
  let end = 0;
  sizes.forEach((size, i) => {
    end += size / lanes;
    constants[`end${i}`] = end;
  });
  const named = Object.fromEntries(parts.map((part, i) => [`part${i}`, part]));
  const [inputs, outputs] = joins ? [named, { whole }] : [{ whole }, named];
  launch(
    backend,
    joiningShaders[joins ? "join" : "split"][lanes][parts.length]!,
    {
      inputs,
      outputs,
      constants,
      workgroups: groupsFor(size),
    },
  );
}
