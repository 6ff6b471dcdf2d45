/** The invocations of a workgroup. */
const groupSize = 64;

/** More workgroups would not make a device busier: invocations take several elements. */
const mostGroups = 8192;

/** WGSL that does something for each `i` below `constants.size`. */
export const forEachElement = (body: string): string => `
@compute @workgroup_size(${groupSize})
fn main(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  for (var i = id.x; i < constants.size; i += ${groupSize}u * groups.x) {
${body}
  }
}`;

/** The workgroups for so many elements. */
export const groupsFor = (size: number): [number] => [
  Math.min(mostGroups, Math.ceil(size / groupSize)),
];
