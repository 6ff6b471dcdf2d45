import type { WebGpuBackend } from "./tfjs_backend.ts";

/** What is kept of a backend's commands until they are submitted. */
interface Submissions {
  /** Launches that were submitted, tfjs's own among them. */
  launches: number;
  /** The constants of those that are recorded, in `buffer` after the next submission. */
  constants: Uint32Array<ArrayBuffer>;
  buffer: GPUBuffer;
  /** How many numbers of `constants` are taken. */
  used: number;
}

/** The submissions of each backend. */
const submissions = new WeakMap<WebGpuBackend, Submissions>();

/** Where a uniform may begin in a buffer, in numbers of four bytes: WebGPU's default. */
const alignment = 64;
/** Numbers of one submission. */
const capacity = 256 * alignment;

/**
 * How many launches a backend has recorded since it was first asked, those of tfjs's
 * own kernels too.
 *
 * @example
 * ```ts ignore
 * const before = launchesOf(backend);
 * await step();
 * console.log(launchesOf(backend) - before);
 * ```
 */
export const launchesOf = (backend: WebGpuBackend): number =>
  submissionsOf(backend).launches + backend.dispatchCountInPass;

/** Submits what is recorded, if there is any. */
export function submit(backend: WebGpuBackend): void {
  if (!backend.commandEncoder) return;
  backend.endComputePassEncoder();
  backend.submitQueue();
}

/**
 * A uniform for one launch that is recorded next. All of a submission are written at
 * once, and their room is free again after it: a device writes and computes in order.
 */
export function uniformOf(
  backend: WebGpuBackend,
  constants: readonly { type: "u32" | "f32"; value: number }[],
): GPUBufferBinding {
  const held = submissionsOf(backend);
  const room = alignment * Math.ceil(constants.length / alignment);
  if (held.used + room > capacity) {
    backend.ensureCommandEncoderReady();
    submit(backend);
  }
  const first = held.used;
  held.used += room;
  const view = new DataView(held.constants.buffer, 4 * first);
  constants.forEach(({ type, value }, i) => {
    if (type === "u32") view.setUint32(4 * i, value, true);
    else view.setFloat32(4 * i, value, true);
  });
  return {
    buffer: held.buffer,
    offset: 4 * first,
    size: 16 * Math.ceil(constants.length / 4),
  };
}

/** Begins to count a backend's launches, and to write constants before they run. */
function submissionsOf(backend: WebGpuBackend): Submissions {
  const known = submissions.get(backend);
  if (known) return known;
  const held: Submissions = {
    launches: 0,
    constants: new Uint32Array(capacity),
    buffer: backend.device.createBuffer({
      label: "constants",
      size: 4 * capacity,
      usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.UNIFORM,
    }),
    used: 0,
  };
  submissions.set(backend, held);
  const submitQueue = backend.submitQueue.bind(backend);
  backend.submitQueue = () => {
    const { buffer, constants, used } = held;
    if (used > 0) backend.queue.writeBuffer(buffer, 0, constants, 0, used);
    held.used = 0;
    held.launches += backend.dispatchCountInPass;
    submitQueue();
  };
  return held;
}
