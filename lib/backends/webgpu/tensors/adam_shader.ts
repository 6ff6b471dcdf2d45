import type { Shader } from "../runtime/shader.ts";

/** The numbers of a step, the same for all variables. */
export const adamConstants = "beta1 rest1 beta2 rest2 step correction epsilon"
  .split(" ");

/** The invocations of a workgroup. */
export const groupSize = 64;

/**
 * One step of Adam for so many variables, each with workgroups of its own: those up to
 * `end0` are the first one's, those from there to `end1` the second's, and so on. Its
 * means begin at `start0` in those of all.
 */
export function adamShader(variables: number): Shader {
  const all = Array.from({ length: variables }, (_, i) => i);
  const buffers = (name: string) =>
    Object.fromEntries(all.map((i) => [`${name}${i}`, "f32" as const]));
  return {
    name: `Adam of ${variables} variables`,
    inputs: buffers("gradient"),
    outputs: { mean: "f32", square: "f32", ...buffers("weights") },
    constants: Object.fromEntries([
      ...adamConstants.map((name) => [name, "f32"]),
      ["groupValues", "u32"],
      ...all.flatMap((i) =>
        ["end", "size", "start"].map((name) => [`${name}${i}`, "u32"])
      ),
    ]),
    code: `
@compute @workgroup_size(${groupSize})
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(local_invocation_index) index: u32,
) {
  let first = group.x * constants.groupValues + index;
  let beyond = (group.x + 1u) * constants.groupValues;
${all.map(stepOf).join("")}}`,
  };
}

/** The step of one variable, as in lib/training/optimizer/adam_update.ts. */
const stepOf = (i: number): string => `
  if (group.x < constants.end${i}) {
    let before = ${
  i === 0 ? "0u" : `constants.end${i - 1} * constants.groupValues`
};
    let end = min(constants.size${i}, beyond - before);
    for (var k = first - before; k < end; k += ${groupSize}u) {
      let at = constants.start${i} + k;
      let gradient = gradient${i}[k];
      let average = mean[at] * constants.beta1 + gradient * constants.rest1;
      let power = square[at] * constants.beta2 + gradient * gradient * constants.rest2;
      let root = sqrt(power) * constants.correction + constants.epsilon;
      mean[at] = average;
      square[at] = power;
      // A device may take the least epsilon for 0: nothing is divided by it then.
      if (average != 0.0) { weights${i}[k] -= average * constants.step / root; }
    }
    return;
  }
`;
