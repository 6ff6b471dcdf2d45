import type {
  DataType,
  KernelConfig,
  NamedTensorInfoMap,
  TensorInfo,
} from "@tensorflow/tfjs";
import { refuse } from "../../../numeric/refuse.ts";
import { asWebGpuBackend, type WebGpuBackend } from "./tfjs_backend.ts";

/** A call of a kernel. */
export interface WebGpuCall {
  /** The kernel's name, for errors. */
  name: string;
  backend: WebGpuBackend;
  inputs: Partial<NamedTensorInfoMap>;
  attributes: unknown;
  /**
   * A float32 input.
   *
   * @param shape Its length on each axis; −1 for any.
   * @throws {RangeError} If it is missing, or of another shape or type.
   */
  take(input: string, shape?: readonly number[]): TensorInfo;
  /** The same for one that may be missing. */
  takeOptional(
    input: string,
    shape?: readonly number[],
  ): TensorInfo | undefined;
  /** A float32 tensor for results; its values are not defined before they are written. */
  output(shape: readonly number[]): TensorInfo;
  /** A float32 tensor of zeros. */
  zeros(shape: readonly number[]): TensorInfo;
}

/** Any axis length. */
export const any = -1;

/** A kernel of the 'webgpu' backend. */
export interface WebGpuKernel extends KernelConfig {
  /** Whether it can do what the attributes ask for; tfjs's kernel of its name does the rest. */
  takes(attributes: unknown, inputs: NamedTensorInfoMap): boolean;
}

/** Makes a kernel of the 'webgpu' backend. */
export function webGpuKernel(
  kernelName: string,
  run: (call: WebGpuCall) => TensorInfo | TensorInfo[],
  takes: WebGpuKernel["takes"] = () => true,
): WebGpuKernel {
  return {
    takes,
    kernelName,
    backendName: "webgpu",
    kernelFunc({ inputs, attrs, backend: anyBackend }) {
      const backend = asWebGpuBackend(anyBackend);
      const zeros: WebGpuCall["zeros"] = (shape) =>
        backend.makeTensorInfo(
          [...shape],
          float32,
          new Float32Array(sizeOf(shape)),
        );
      const take: WebGpuCall["take"] = (input, shape) =>
        checkTensor(kernelName, input, inputs[input], shape);
      return run({
        name: kernelName,
        backend,
        inputs,
        attributes: attrs ?? {},
        take,
        takeOptional: (input, shape) =>
          inputs[input] ? take(input, shape) : undefined,
        // Without values there is no buffer, and tfjs reads those from the CPU.
        output: (shape) =>
          sizeOf(shape) === 0
            ? zeros(shape)
            : backend.makeTensorInfo([...shape], float32),
        zeros,
      });
    },
  };
}

const float32: DataType = "float32";

function checkTensor(
  kernel: string,
  input: string,
  tensor: TensorInfo | undefined,
  shape?: readonly number[],
): TensorInfo {
  const action = `run ${kernel} on the webgpu backend`;
  if (!tensor) return refuse(action, input, "nothing");
  if (tensor.dtype !== float32) {
    refuse(action, `${input} of float32`, tensor.dtype);
  }
  const fits = !shape ||
    (shape.length === tensor.shape.length &&
      shape.every((length, i) => length === any || length === tensor.shape[i]));
  if (fits) return tensor;
  const expected = shape.map((length) => length === any ? "any" : length);
  return refuse(
    action,
    `${input} of shape [${expected.join(", ")}]`,
    `[${tensor.shape.join(", ")}]`,
  );
}

/** How many values a shape holds. */
export const sizeOf = (shape: readonly number[]): number =>
  shape.reduce((size, length) => size * length, 1);

export type { WebGpuCall as Call };
