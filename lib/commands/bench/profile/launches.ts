/**
 * Counts the shaders that programs of this process launch on any GPU from now on,
 * whoever launches them.
 *
 * @returns How many so far.
 */
export function countLaunches(): () => number {
  const { prototype } = GPUComputePassEncoder;
  const { dispatchWorkgroups } = prototype;
  let count = 0;
  prototype.dispatchWorkgroups = function (...workgroups) {
    count++;
    dispatchWorkgroups.apply(this, workgroups);
  };
  return () => count;
}
