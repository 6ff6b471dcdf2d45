import type { TensorInfo } from "@tensorflow/tfjs";
import { refuse } from "../../../numeric/refuse.ts";
import { sizeOf } from "./kernel.ts";
import { pipelineOf } from "./pipelines.ts";
import type { Shader } from "./shader.ts";
import { submit, uniformOf } from "./submissions.ts";
import type { WebGpuBackend } from "./tfjs_backend.ts";

/** What a launch hands to a shader. */
export interface Operands<
  Input extends string,
  Output extends string,
  Constant extends string,
> {
  inputs: Readonly<Record<Input, TensorInfo>>;
  /** Changed in place. None of them shares its memory with an input. */
  outputs: Readonly<Record<Output, TensorInfo>>;
  constants: Readonly<Record<Constant, number>>;
  /** Workgroups in x, y and z (default 1). */
  workgroups: readonly [x: number, y?: number, z?: number];
}

/**
 * Records a shader among the backend's commands, after those before it. Nothing runs
 * where an output has no values.
 *
 * A shader that is wrong, or operands that do not fit it, are reported by the device
 * later: the next awaited read throws a `DeviceError`.
 *
 * @throws {RangeError} If a tensor is larger than what a shader reaches on this device.
 */
export function launch<
  Input extends string,
  Output extends string,
  Constant extends string,
>(
  backend: WebGpuBackend,
  shader: Shader<Input, Output, Constant>,
  operands: Operands<NoInfer<Input>, NoInfer<Output>, NoInfer<Constant>>,
): void {
  const [x, y = 1, z = 1] = operands.workgroups;
  if (x * y * z === 0) return;
  const { device } = backend;
  const ready = pipelineOf(device, shader);
  const { inputs, outputs, constants }: Operands<string, string, string> =
    operands;
  const entries: GPUBindGroupEntry[] = [];
  const bind = (resource: GPUBufferBinding) =>
    entries.push({ binding: entries.length, resource });
  for (const name of ready.inputs) {
    checkReach(backend, shader, inputs[name]!);
    bind({ buffer: bufferOf(backend, inputs[name]!) });
  }
  for (const name of ready.outputs) {
    const output = outputs[name]!;
    checkReach(backend, shader, output);
    bind({ buffer: bufferOf(backend, output) });
    // Values that were read back before are no longer the tensor's.
    backend.tensorMap.get(output.dataId).values = null;
  }
  if (ready.constants.length > 0) {
    bind(uniformOf(
      backend,
      ready.constants.map(([name, type]) => ({
        type,
        value: constants[name]!,
      })),
    ));
  }
  const group = device.createBindGroup({ layout: ready.layout, entries });
  backend.ensureCommandEncoderReady();
  const pass = backend.computePassEncoder ??= backend.commandEncoder!
    .beginComputePass();
  pass.setPipeline(ready.pipeline);
  pass.setBindGroup(0, group);
  pass.dispatchWorkgroups(x, y, z);
  for (const { dataId } of Object.values(inputs)) {
    backend.commandQueueOwnedIds.add(dataId);
  }
  for (const { dataId } of Object.values(outputs)) {
    backend.commandQueueOwnedIds.add(dataId);
  }
  backend.dispatchCountInPass++;
  if (backend.dispatchCountInPass >= launchesPerSubmission) submit(backend);
}

/**
 * As many as keep a device busy while the next ones are recorded: with 16 or 64 a
 * launch takes half of what it does with 4 or 256.
 */
const launchesPerSubmission = 16;

/** Beyond its limit a device reports an error later, and computes nothing. */
function checkReach(
  { device }: WebGpuBackend,
  { name }: Shader,
  { shape }: TensorInfo,
): void {
  const { maxStorageBufferBindingSize: most } = device.limits;
  const bytes = 4 * sizeOf(shape);
  if (bytes <= most) return;
  const mebibytes = (bytes: number) => (bytes / 2 ** 20).toPrecision(4);
  refuse(
    `run the shader "${name}" on the webgpu backend`,
    `tensors of at most ${mebibytes(most)} MiB, which this device reaches`,
    `[${shape.join(", ")}] of ${mebibytes(bytes)} MiB`,
  );
}

/** A tensor's buffer, with its values. */
export function bufferOf(
  backend: WebGpuBackend,
  { dataId }: TensorInfo,
): GPUBuffer {
  backend.uploadToGPU(dataId);
  return backend.tensorMap.get(dataId).resource!;
}
