import type { TensorInfo } from "@tensorflow/tfjs";
import {
  any,
  type Call,
  type WebGpuKernel,
  webGpuKernel,
} from "../runtime/kernel.ts";
import { launch } from "../runtime/launch.ts";
import type { Shader } from "../runtime/shader.ts";

/**
 * Rows of length 1 (`UnitLength`, not part of tfjs): `{x}` → y = x / √max(Σ x², 1e-12),
 * and `UnitLengthGrad`: `{dy, x, y}` → dx. See lib/nn2/layers/l2_normalization.ts, the
 * reference.
 */
export const unitLengthKernels: WebGpuKernel[] = [
  webGpuKernel("UnitLength", (call) => {
    const x = call.take("x", rows);
    const outputs = { y: call.output(x.shape) };
    return launchRows(call, forward, { inputs: { x }, outputs });
  }),
  webGpuKernel("UnitLengthGrad", (call) => {
    const x = call.take("x", rows);
    const [y, dy] = [call.take("y", x.shape), call.take("dy", x.shape)];
    const outputs = { dx: call.output(x.shape) };
    return launchRows(call, backward, { inputs: { x, y, dy }, outputs });
  }),
];

const rows = [any, any];

type RowShader = Shader<string, string, "rows" | "size">;

/** A shader of which a workgroup has some rows, each from `first` to `end`. */
const rowShader = (
  operands: Pick<RowShader, "name" | "inputs" | "outputs">,
  code: string,
): RowShader => ({
  ...operands,
  constants: { rows: "u32", size: "u32" },
  code: `
var<workgroup> parts: array<vec2<f32>, 64>;

/** The sums of what the invocations have. */
fn sumOf(part: vec2<f32>, index: u32) -> vec2<f32> {
  // The row before has been read.
  workgroupBarrier();
  parts[index] = part;
  for (var half = 32u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (index < half) { parts[index] += parts[index + half]; }
  }
  workgroupBarrier();
  return parts[0];
}

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) index: u32,
) {
  for (var row = group.x; row < constants.rows; row += groups.x) {
    let first = row * constants.size + index;
    let end = (row + 1u) * constants.size;
${code}
  }
}`,
});

const least = "1e-12";

const forward = rowShader(
  {
    name: "rows of length 1",
    inputs: { x: "f32" },
    outputs: { y: "f32" },
  },
  `
  var squares = 0.0;
  for (var i = first; i < end; i += 64u) { squares += x[i] * x[i]; }
  let length = sqrt(max(sumOf(vec2(squares, 0.0), index).x, ${least}));
  for (var i = first; i < end; i += 64u) { y[i] = x[i] / length; }`,
);

/** dx = (dy − y Σ dy · y) / length, and dy / length where that does not change. */
const backward = rowShader(
  {
    name: "gradient of rows of length 1",
    inputs: { x: "f32", y: "f32", dy: "f32" },
    outputs: { dx: "f32" },
  },
  `
  var part = vec2(0.0);
  for (var i = first; i < end; i += 64u) {
    part += vec2(x[i] * x[i], dy[i] * y[i]);
  }
  let sums = sumOf(part, index);
  let length = sqrt(max(sums.x, ${least}));
  let along = select(0.0, sums.y, sums.x >= ${least});
  for (var i = first; i < end; i += 64u) { dx[i] = (dy[i] - y[i] * along) / length; }`,
);

/** WebGPU has no more workgroups in a row. */
const mostGroups = 65535;

/** Runs a shader over the rows of its outputs, and gives its only one back. */
function launchRows(
  { backend }: Call,
  shader: RowShader,
  operands: Record<"inputs" | "outputs", Record<string, TensorInfo>>,
): TensorInfo {
  const [output] = Object.values(operands.outputs) as [TensorInfo];
  const [rows, size] = output.shape as [number, number];
  const workgroups = [size === 0 ? 0 : Math.min(mostGroups, rows)] as const;
  launch(backend, shader, {
    ...operands,
    constants: { rows, size },
    workgroups,
  });
  return output;
}
