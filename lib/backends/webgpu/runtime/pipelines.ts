import { type Shader, wgslOf } from "./shader.ts";

/** A shader on a device, ready to run. */
export interface Pipeline {
  pipeline: GPUComputePipeline;
  layout: GPUBindGroupLayout;
  /** The names of its operands, in the order of their bindings. */
  inputs: readonly string[];
  outputs: readonly string[];
  constants: readonly (readonly [name: string, type: "u32" | "f32"])[];
}

/** The pipelines of each device: by shader, and by code for shaders made anew. */
const pipelines = new WeakMap<
  GPUDevice,
  { byShader: WeakMap<Shader, Pipeline>; byCode: Map<string, Pipeline> }
>();

/** The pipeline of a shader, which a device compiles once. */
export function pipelineOf(device: GPUDevice, shader: Shader): Pipeline {
  const of = pipelines.get(device) ??
    { byShader: new WeakMap(), byCode: new Map() };
  pipelines.set(device, of);
  const known = of.byShader.get(shader);
  if (known) return known;
  const code = wgslOf(shader);
  const pipeline = of.byCode.get(code) ?? compile(device, shader, code);
  of.byCode.set(code, pipeline);
  of.byShader.set(shader, pipeline);
  return pipeline;
}

function compile(device: GPUDevice, shader: Shader, code: string): Pipeline {
  const { name: label, inputs, outputs, constants } = shader;
  const module = device.createShaderModule({ label, code });
  const pipeline = device.createComputePipeline({
    label,
    layout: "auto",
    compute: { module, entryPoint: "main" },
  });
  return {
    pipeline,
    layout: pipeline.getBindGroupLayout(0),
    inputs: Object.keys(inputs),
    outputs: Object.keys(outputs),
    constants: Object.entries(constants),
  };
}
